// Package feeds is the vocabulary of Kairan and the formats that it publishes.
//
// It is pure: it reads no clock, opens no connection and knows no database, so
// that the same data always gives the same bytes. Every other package speaks in
// its words:
//
//   - a [Publisher] owns sources; a [Source] is what is collected;
//   - an [Article] is one language version of one notice, a story is the set of
//     articles that are translations of one another, or the same notice of several
//     publishers, a revision is a state of an article in time;
//   - the log is a sequence of [Record]s, and a [Channel] is a view of it: a
//     [Locale]'s chain of languages × what it holds;
//   - a [Selection] is what a reader picks of a locale's notices, by words or of several
//     channels, and is published as a channel is;
//   - a [Feed] is a channel composed and localized, ready to be rendered in a
//     [Format]; the outcome is a [Document].
//
// # The formats
//
// [Render] writes a [Feed] as RSS 2.0, by the RSS Advisory Board's profile, as Atom
// (RFC 4287, with the tombstones of RFC 6721), or as JSON Feed 1.1. Package
// check reads the document back, strictly, before it is published. The types of the documents embed
// those of gorilla/feeds, and add or shadow what a feed in several languages needs.
//
// What a format has no word for stands in RSS and Atom in the namespace [Namespace],
// here under the prefix k, and in JSON Feed under "_kairan". Who does not know them
// loses nothing that the format could have told.
//
// What becomes of each field of a feed:
//
//	field          RSS                      Atom                        JSON Feed
//	ID             k:id                     id                          _kairan.id
//	Channel, or    k:channel                k:channel                   _kairan.channel
//	  Selection
//	LastSeq        k:seq                    k:seq                       _kairan.seq
//	Since          k:since                  k:since                     _kairan.since
//	Epoch          k:epoch                  k:epoch                     _kairan.epoch
//	Archive        fh:archive               fh:archive                  _kairan.archive
//	Self           atom:link self           link self                   _kairan.self
//	Previous       atom:link prev-archive   link prev-archive           next_url
//	Next           atom:link next-archive   link next-archive           _kairan.next_archive
//	Title          title                    title                       title
//	Description    description              subtitle                    description
//	SiteTitle      (in the title)           author                      (in the title; items have
//	                                                                    authors of their own)
//	Language       language                 xml:lang                    language
//	Direction      (in the content)         (in the content)            (in the content)
//	HomeURL        link, and atom:link      link alternate, the first   home_page_url
//	               alternate, as in Atom    and the last
//	URL            atom:link self           link self                   feed_url
//	  in archives  atom:link current        link current                feed_url
//	  other form   atom:link alternate      link alternate              (none; the page has them)
//	Locales        atom:link alternate      link alternate hreflang     _kairan.locales
//	               hreflang
//	Updated        lastBuildDate            updated                     _kairan.updated
//	Rights         copyright                rights                      _kairan.rights
//	TaxonomyURL    category domain          category scheme             _kairan.taxonomy
//	IconURL        image, if no logo        icon                        favicon; icon
//	LogoURL        image                    logo                        icon, if no icon
//	  of SVG       (none)                   as the others               favicon alone
//	TTL            ttl, if live             (none; HTTP says it)        (none; HTTP says it)
//	Gone           (the item is gone)       at:deleted-entry            _kairan.withdrawn
//
// Of each entry and its article:
//
//	field          RSS                      Atom                        JSON Feed
//	ID             guid                     id                          id
//	Title          title                    title                       title
//	Link, or URL   link                     link alternate, the first   url
//	                                        and the last
//	URL, if not    k:page                   k:page                      _kairan.page
//	  the link
//	Summary        description, as HTML     summary                     summary
//	Content        content:encoded          content                     content_html
//	Language       dc:language              xml:lang                    language
//	Published      pubDate                  published                   date_published
//	Modified       dcterms:modified         updated                     date_modified
//	Changed        k:seen                   k:seen                      _kairan.seen
//	Corrected      k:corrected              k:corrected                 _kairan.corrected
//	Authors        dc:creator (the name)    author                      authors
//	  renamed      k:source-author          k:source-author             _kairan.source_authors
//	Categories     category (the label),    category (term, label)      tags (the label),
//	               k:category (the term)                                _kairan.categories
//	Terms          k:source-category        k:source-category           _kairan.source_categories
//	Images         media:content            media:content               _kairan.images
//	  the lead     media:thumbnail,         media:thumbnail             image
//	               itunes:image (an         itunes:image (an
//	               episode's)               episode's)
//	Enclosures     enclosure (the first),   link enclosure              attachments
//	               media:content
//	  Duration     itunes:duration (the     itunes:duration (the        duration_in_seconds
//	               first), media:content    first)
//	Episode        itunes:season, episode,  itunes:season, episode,     _kairan.episode
//	               episodeType, explicit,   episodeType, explicit,
//	               podcast:transcript       podcast:transcript
//	RelatedTitle   k:related-heading        k:related-heading           _kairan.related_heading
//	               of the feed              of the feed                 of the feed
//	LanguageNote   k:language-note          k:language-note             _kairan.language_note
//	CorrectedNote  k:correction-note        k:correction-note           _kairan.correction_note
//	Urgency        category, k:category     category                    tags, _kairan.urgency
//	Versions       k:version                link alternate hreflang,    _kairan.versions
//	                                        or else k:version
//	Replaces       k:replaces               k:replaces                  _kairan.replaces
//	Story          k:story                  k:story                     _kairan.story
//	Point          georss:point             georss:point                _kairan.point
//	External       (none)                   link related                external_url
//	Revision       k:revision               k:revision                  _kairan.revision
//	Record         k:seq, k:reason          k:seq, k:reason             _kairan.seq, .reason
//	Publisher      k:publisher (the key),   k:publisher (the key),      _kairan.publisher
//	               dc:publisher (the name)  source (title or author)
//	Source         source, k:source         source (id, title, updated, _kairan.source
//	                                        link self, alternate),
//	                                        k:source
//	Rights         dc:rights                rights                      _kairan.rights
//	LicenseURL     dcterms:license          link license                _kairan.license
//	LicenseName,   k:license                k:license                   _kairan.license_name,
//	LicenseDeed                                                         .license_deed
//
// The lead picture ([Article.Lead]) stands before the text, with its description as its
// alternative text and whose it is beneath it, unless the text shows it or another size of it
// already ([ShowsPicture]): most readers show no other.
//
// LanguageNote, CorrectedNote, Related and Attribution stand in the content, in
// the reader's language, and behind the publisher's text, but for the notes: most readers
// show nothing else. That language and its direction are said around all; what is in another
// has its own lang and dir. Each is one element with a
// class by which an aggregator can take it off: kairan-note, kairan-related,
// kairan-source. As data stand what can't be told from these: the notes, and the heading over
// what is recommended. Each thing is said once: so a version that
// a link of Atom tells is no k:version, a page that the entry leads to is no k:page, a
// category that the source calls by our term is no k:source-category, and xml:lang stands
// where a text is in another language than what is around. Where the licence does not allow
// the text, the content is the summary with these lines, so that every format has a content
// always. A summary stands beside the content even where it says the same (RFC 4287 §4.2.13
// advises against it): programs that list notices read that alone.
//
// These are dropped, in every format: the source's own guid and the identity key
// (they are what an ID is made of, and an ID is what readers need), the first sight of
// an article and where its date came from (they are for operators), and the links to
// versions as the source gave them (Versions are those that we hold).
//
// # Archives
//
// A channel's past stands in archives (RFC 5005 §4): documents that hold the records
// after one sequence number (k:since) up to another (k:seq), which is where the next
// begins; the live document holds what comes after the last of them. So who follows
// prev-archive, or in JSON Feed next_url, from the live document to the first archive
// has met every record once. The same entry may stand in several of these documents,
// in the state that it had then; as RFC 5005 says, the newest counts. An archive never
// changes, but for an article that had to be erased.
//
// An archive has the feed's own id; in JSON Feed also the feed's address, since
// feed_url "serves as the unique identifier for the feed". Next is known before it is
// there: until it is closed, its address leads to the live document.
//
// What was decided where the formats leave a choice:
//
//   - A title leads to the publisher's original, and only where there is none to the
//     page on this site: we pass notices on, and who wants to know more should meet who
//     wrote them.
//   - Of several alternates in Atom some readers take the first and some the last, such
//     as feedparser and newsboat, whatever its type and language. So what an entry leads
//     to is its first alternate, without type and hreflang, and again its last, with
//     both: two different alternates to RFC 4287 §4.1.2. Versions stand between, with
//     their hreflang and without a type, so that who looks for HTML finds the first, too. The
//     feed's own page stands so among the feed's alternates, in RSS
//     too: there SimplePie (FreshRSS) takes the first of them and feedparser the last for
//     the channel's page, and not its link.
//   - An article about a page elsewhere (External) leads to its own address all the same,
//     as JSON Feed has it: "url" is the item's, "external_url" that of "a page elsewhere".
//   - Categories are told to readers by their label, in each format, and to machines by
//     the constant term. The taxonomy is identified by a name that is minted from the
//     site's id, so that nothing changes when the site moves.
//   - An entry without an author has its publisher as its author, with the publisher's
//     page. The feed's author is the site in Atom, which asks for one. JSON Feed has none:
//     there "the top-level authors, if present, are the authors of the item" that has none,
//     and the site is no author of what others wrote.
//   - Where Dublin Core has a word, RSS has that: modified, license, publisher, language,
//     rights. In Atom the publisher is the source's author, unless the entry's author or
//     the title of its source is the publisher's name already.
//   - A version is linked in Atom, the first of each language. In RSS it is a word of ours,
//     since readers take a link of Atom in an item for the item's own. Its id is told in
//     RSS and JSON Feed; in all of them the story's key joins it.
//   - Of an entry that says itself which feed it is of (RSS source, Atom source), that is
//     the source, and not the feed that we have it from: "if it is not already present" is
//     when RFC 4287 §4.2.11 has one added.
//   - Dates are in whole seconds: a channel is published seconds apart, and not every
//     reader understands fractions. Those of the feed and of its records are in UTC. The
//     date of an article, and those of related notices, are in the zone of the publisher:
//     one that was given without a time begins that day there, and a program that reads
//     no more than the day reads the right one.
//   - RSS allows one enclosure: the others are Media RSS. A guid is a permalink only
//     where it is the very address that the item links.
//   - In atom:source stand the id, the title and the page of the feed that an article
//     was copied from, as they were then. What has no id of its own (RSS, pages,
//     folders) has one that is minted from the publisher's key and the source's id. Its
//     date is the one that the source gives the article, since a feed's date at the time
//     of copying would change with each visit and say nothing of the entry.
//   - A link to a place of the same text, such as a footnote, stays "#" and a name, and its
//     place keeps its id, both with a prefix of the article's own: several articles stand on
//     one page. Readers that keep ids jump there (Miniflux takes "#…" as it is; so does
//     whatever shows the HTML untouched). Those that drop or rename ids (SimplePie, FreshRSS)
//     resolve links instead, so that such an entry has its page on this site, where these
//     places are, as xml:base. An absolute address would jump nowhere in place, and without a
//     base it would lead into the feed's own document. JSON Feed has no word for a base.
//   - Addresses are written as URIs, encoded where the publisher's were not: RSS and
//     JSON Feed know no IRI. Ids stay as they are.
//   - An undetermined language is said to be so in Atom (xml:lang="", by XML 1.0 §2.12),
//     and left out elsewhere.
package feeds
