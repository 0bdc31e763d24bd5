package check

import "github.com/kairan-news/kairan/feeds/internal/syntax"

// xmlReader is what the checks of RSS and Atom share.
type xmlReader struct {
	*checker
	*syntax.XML
}

func (c *checker) xml() xmlReader { return xmlReader{c, syntax.NewXML(c.doc, c.flaw)} }
