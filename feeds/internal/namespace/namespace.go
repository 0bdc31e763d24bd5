// Package namespace names the XML namespaces of published documents, but for our own, which
// is feeds.Namespace.
package namespace

// XML is what the prefix xml is bound to (Namespaces in XML 1.0 §3).
const XML = "http://www.w3.org/XML/1998/namespace"

// The namespaces of the documents beside RSS's own, which is none.
const (
	Atom       = "http://www.w3.org/2005/Atom"
	Tombstones = "http://purl.org/atompub/tombstones/1.0"
	Content    = "http://purl.org/rss/1.0/modules/content/"
	DublinCore = "http://purl.org/dc/elements/1.1/"
	Terms      = "http://purl.org/dc/terms/" // of the Dublin Core Metadata Initiative
	Media      = "http://search.yahoo.com/mrss/"
	GeoRSS     = "http://www.georss.org/georss"
	History    = "http://purl.org/syndication/history/1.0"
	ITunes     = "http://www.itunes.com/dtds/podcast-1.0.dtd"
	Podcast    = "https://podcastindex.org/namespace/1.0"
)
