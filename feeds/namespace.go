package feeds

// xmlNamespace is what the prefix xml is bound to (Namespaces in XML 1.0 §3).
const xmlNamespace = "http://www.w3.org/XML/1998/namespace"

// The namespaces of the documents beside RSS's own, which is none.
const (
	atomNamespace      = "http://www.w3.org/2005/Atom"
	tombstoneNamespace = "http://purl.org/atompub/tombstones/1.0"
	contentNamespace   = "http://purl.org/rss/1.0/modules/content/"
	dcNamespace        = "http://purl.org/dc/elements/1.1/"
	mediaNamespace     = "http://search.yahoo.com/mrss/"
	historyNamespace   = "http://purl.org/syndication/history/1.0"
)
