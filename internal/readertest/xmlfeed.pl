use strict;
use warnings;
use JSON::PP;
use HTML::Entities qw(decode_entities);
use URI;
use XML::Feed;

$XML::Atom::ForceUnicode = 1; # characters, as of RSS
$XML::Feed::MULTIPLE_ENCLOSURES = 1;
my $f = XML::Feed->parse(URI->new($ARGV[0])) or die XML::Feed->errstr;

sub entry {
    my ($e) = @_;
    my $text = ($e->content->body // '') . ($e->summary->body // '');
    my @pictures = map { decode_entities($_) } $text =~ /<img\b[^>]*?\bsrc="([^"]*)"/g;
    my $date = $e->issued;
    return {
        ID         => $e->id,
        Title      => $e->title,
        Link       => '' . ($e->link // ''),
        $date ? (Date => $date->set_time_zone('UTC')->strftime('%Y-%m-%dT%H:%M:%SZ')) : (),
        Authors    => [grep { defined && length } map { ref ? @$_ : $_ } $e->author],
        Pictures   => \@pictures,
        Enclosures => [map { '' . $_->url } grep { ($_->type // '') !~ m{^image/} } grep { defined } $e->enclosure],
    };
}

print JSON::PP->new->utf8->encode({ Site => '' . $f->link, Entries => [map { entry($_) } $f->entries] });
