package check

// Rule names what a document must be.
type Rule string

// The rules.
const (
	RuleEncoding  Rule = "encoding"   // the document is UTF-8, without a byte order mark, of characters that XML and JSON allow; texts have no noncharacters
	RuleSyntax    Rule = "syntax"     // it is well-formed XML (with namespaces, without a DTD) or JSON
	RuleRoot      Rule = "root"       // the outermost element is the format's, of its version
	RuleNamespace Rule = "namespace"  // elements and attributes are of a namespace that we know
	RuleUnknown   Rule = "unknown"    // the format knows the element, attribute or key, in that place
	RuleMissing   Rule = "missing"    // what is required is there
	RuleDuplicate Rule = "duplicate"  // what may stand once stands once
	RuleEmpty     Rule = "empty"      // what must say something does
	RuleText      Rule = "text"       // text stands only where the format has text, and elements only where it has elements
	RuleType      Rule = "type"       // a value is of the type that the format says: text, number, array, a word of a list
	RuleOrder     Rule = "order"      // content:encoded follows description
	RuleDate      Rule = "date"       // dates are RFC 3339's or RFC 822's with a year of four digits and the right weekday
	RuleIRI       Rule = "iri"        // ids are absolute IRIs, and addresses absolute URIs of the web
	RuleLanguage  Rule = "language"   // languages are BCP 47 tags, and the feed has one
	RuleMediaType Rule = "media-type" // media types have a type and a subtype
	RuleEmail     Rule = "email"      // where the format asks for an address of e-mail, it is one
	RuleUniqueID  Rule = "unique-id"  // no two entries share an id
	RuleSelf      Rule = "self"       // the feed links itself, once
	RuleArchive   Rule = "archive"    // an archive says that it is one and links the live feed; what is linked before and behind is another document (RFC 5005 §4)
	RuleAlternate Rule = "alternate"  // no two alternates share a type and a language
	RuleOwnLink   Rule = "own-link"   // the first alternate is the own page, without type and language, and the last is the same, with both
	RulePermalink Rule = "permalink"  // a guid that is a permalink is an address
	RuleImage     Rule = "image"      // the channel's image has the channel's title and link, and is a GIF, JPEG or PNG
	RuleWithdrawn Rule = "withdrawn"  // no entry is both there and withdrawn
	RuleMarkup    Rule = "markup"     // content's markup is plain: quoted attributes, elements that a reader shows
	RuleActive    Rule = "active"     // content runs nothing: no script, no event, no style, no scheme but http, https, mailto and tel
	RuleRelative  Rule = "relative"   // content's addresses are absolute
)
