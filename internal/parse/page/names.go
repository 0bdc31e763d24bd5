package page

import (
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"

	"github.com/kairan-news/kairan/internal/parse/html"
)

// What elements are called tells what they are for: templates of content management
// systems are written by few people, and copied by many. A name is an id, a class or a
// role. It counts by its words, "related" in "related-posts" and "relatedPosts", and as a
// whole without what parts the words, "relatedposts".

// neverNotice are the words, and names as a whole, of what is on a page beside its
// notice.
var neverNotice = wordSet(`
	nav navi navbar navigation gnav gnavi lnav lnavi snav globalnav globalnavi localnav localnavi subnav breadcrumb breadcrumbs
	breadcrumblist pankuzu crumb crumbs topicpath topicspath pager pagination paging paginator pagenavi pagenav prevnext
	postnav footer ftr contentinfo sidebar sidenav sidemenu side sidebox aside complementary rightcol rightcolumn
	leftnav rightnav subcontents subcolumn
	cookie cookies cookiebar cookieconsent cookiebanner cookienotice consent gdpr onetrust cookiebot usercentrics eucookie
	related relacionadas relacionados terkait lienquan tinlienquan relatedposts relatedarticles relatednews relatedlinks relatedcontent recommend recommended recommendation
	recommendations recommends morenews othernews latestnews recentposts youmaylike
	comments commentlist commentform commentrespond commentarea commentsarea commentthread commentsection commentblock
	commentwrapper respond disqus livefyre utterances giscus
	newsletter newsletters mailmagazine mailmag subscribe subscription mailchimp mailpoet
	questionnaire enquete enquate anquete anketo enq feedback satisfaction satisfy manjok pagerating
	helpful usefulness voicebox pageevaluation hyouka
	share sharing partage partager compartir compartilhe compartilhar condividi teilen delen bagikan paylas paylaş chiase rating ratings sharebar sharebox sharebuttons sharelinks sharedaddy addthis addtoany a2a a2akit jssocials sns snsarea
	socialshare socialmedia sociallinks socialbuttons snsbutton snsbtn
	promo promos advert adverts advertisement advertising advertisements ad ads adv adsense
	adsbygoogle sponsor sponsors sponsored outbrain taboola banner banners bnr bnrarea
	skip skiplink skiplinks pagetop totop topagetop backtotop gotop scrolltop toolbar login tagcloud popup modal overlay dialog alertdialog screenreadertext visuallyhidden sronly posttags entrytags
	entrymeta entryfooter postmeta postedon byline documentbyline articleinfo authorbox authorbio fontsize textsize changesize
	adobe getadobe adobereader pdfreader acrobat printbtn printbutton`)

// neverWhole are names that say so as a whole only: "social", and not "social-welfare".
var neverWhole = wordSet(`
	social secondary survey surveys evaluation promotion promotions promotionarea promotionbox promotionblock ranking popular
	trending foot hdr isso comment widget widgets widgetarea lang langs language languages langswitch langswitcher
	languageswitcher languageselector translate search searchbox searchform tool tools toolbox tag print utility`)

// seldomNotice are words that a part of a notice may be called by as well, such as the menu
// of a school: they count where it is links, by the most of it.
var seldomNotice = wordSet(`readmore menu submenu megamenu menubar tags ranking popular search social tools widget`)

// aboutLayout are words with which a name begins that tells how an element is laid out or
// filed, and not what it is: "has-sidebar", "category-social".
var aboutLayout = wordSet(`has no not with without is js layout category`)

// textPlaces are names, as a whole, of the element that holds the text of an article and
// nothing else: WordPress and its themes, TYPO3, SharePoint, Chinese government portals.
var textPlaces = wordSet(`
	entrycontent postcontent postbody entrybody articlebody articlecontent articletext articlecontents storybody storycontent newsbody
	newstext newscontent newsdetailcontent singlecontent singlebody tdpostcontent elementorwidgetthemepostcontent
	cebodytext newsbodytext newstextwrap bodytext pressbody presscontent pressreleasebody
	trseditor ucapcontent pagescontent zoomcon articlecon articlecontentbody detailbody detailtext boardviewcontent`)

// columnPlaces are names, as a whole, of the element that holds the notice with little
// beside it: columns of templates, and the views of boards.
var columnPlaces = wordSet(`
	contents content main maincontent maincontents contentmain contentsmain contentarea contentsarea maincontentarea
	maincontentsarea mainarea maincol maincolumn primary contentbody contentsbody contentinner contentsinner mainbody maininner
	honbun tmphonbun tmpcontents tmpmain tmpmaincontents tmpwrapmain molcontents molcontent mainnaka article articlearea articlemain
	articledetail articlewrap articleview newsdetail newsview newsarticle newsitem noticeview noticedetail noticecontent noticebody
	pagecontent pagecontents pagebody pagemain ccmscontent contentplaceholder deltaplaceholdermain bodycontent
	bbodycontent regioncontent blocksystemmain node nodecontent fieldnodecontent itempage blogpost singlepost postdetail
	boardview bbsview viewwrap viewcontent viewcontents viewcont viewcon viewarea bbsviewwrap boarddetail detail detailarea detailcontent
	detailcontents detailmain cp essay areaessay portletbody portalcolumncontent journalcontentarticle contentdetail contentpage
	contentwrapper contentcontainer maincontainer mainwrapper maincontentwrapper innercontent`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

// namesOf returns what an element is called, one name after the other: its id, classes
// and role.
func namesOf(n *xhtml.Node) (names []string) {
	for _, key := range []string{"id", "class", "role"} {
		for name := range strings.FieldsSeq(html.Attr(n.Attr, key)) {
			if len(name) > 2 && name[1] == '-' {
				name = name[2:] // "c-entry-content" is a component
			}
			names = append(names, name)
		}
	}
	return names
}

// isNamed reports whether an element is called by one of the names as a whole.
func isNamed(n *xhtml.Node, set map[string]bool) bool {
	for _, name := range namesOf(n) {
		if set[joined(name)] {
			return true
		}
	}
	return false
}

// hasWord reports whether one of an element's names is in the set, or has a word that is.
func hasWord(n *xhtml.Node, set map[string]bool) bool {
	for _, name := range namesOf(n) {
		if first, rest, ok := strings.Cut(name, "-"); ok && rest != "" && aboutLayout[strings.ToLower(first)] {
			continue
		}
		if set[joined(name)] || hasWordOf(name, set) {
			return true
		}
	}
	return false
}

// joined returns a name in lower case without what parts its words.
func joined(name string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == '_' || c == ':' || c == '.' {
			return -1
		}
		return unicode.ToLower(c)
	}, name)
}

// maxWords is how many words a name has that is looked into. One of more tells of the text
// below it, as ids that are made of headings do, or of a layout.
const maxWords = 4

// hasWordOf reports whether one of a name's words is in the set. A word ends before a
// capital that follows a small letter, and before a digit.
func hasWordOf(name string, set map[string]bool) (found bool) {
	words := 0
	take := func(word string) {
		if word != "" {
			words++
			found = found || set[strings.ToLower(word)]
		}
	}
	start, small := 0, false
	for i, c := range name {
		isLetter := unicode.IsLetter(c)
		if !isLetter || small && unicode.IsUpper(c) {
			take(name[start:i])
			if start = i; !isLetter {
				start = i + len(string(c))
			}
		}
		small = isLetter && unicode.IsLower(c)
	}
	take(name[start:])
	return found && words <= maxWords
}
