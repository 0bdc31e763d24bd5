package html

import "testing"

func TestLinksWithinATextStayWithinIt(t *testing.T) {
	const feed, page = "https://city.example/feed.xml", "https://city.example/bins"
	for _, test := range []struct{ source, want, remark string }{
		{`<p>Bins<sup id="fnref:1"><a href="#fn:1">1</a></sup></p><ol><li id="fn:1">Not on holidays <a href="#fnref:1">↩</a></li></ol>`,
			`<p>Bins<sup id="fnref_3a1"><a href="#fn_3a1">1</a></sup></p><ol><li id="fn_3a1">Not on holidays <a href="#fnref_3a1">↩</a></li></ol>`, "a footnote and back"},
		{`<p><a href="#%E6%B3%A8">注</a></p><h2 id="注">注</h2>`,
			`<p><a href="#_e6_b3_a8">注</a></p><h2 id="_e6_b3_a8">注</h2>`, "a name that is not ASCII"},
		{`<p><a href="https://city.example/bins#dates">Dates</a></p><a name="dates"></a><p>Monday</p>`,
			`<p><a href="#dates">Dates</a></p><a id="dates"></a><p>Monday</p>`, "by the address of the page, to an anchor of old"},
		{`<p id="a">A <a href="#top">up</a></p>`, `<p>A <a href="https://city.example/bins#top">up</a></p>`, "what is not in the text is in its page"},
		{`<p><a href="#map">Map</a></p><form id="map"><p>Here</p></form>`, `<p><a href="#map">Map</a></p> <a id="map"></a><p>Here</p>`, "in the place of what is not kept"},
		{`<p><a href="#x">X</a></p><script><p id="x"></p></script>`, `<p><a href="https://city.example/bins#x">X</a></p>`, "no place in what is dropped"},
		{`<p><a href="#m">M</a></p><img id="m" src="/m.png">`, `<p><a href="#m">M</a></p><img src="https://city.example/m.png" alt="" id="m">`, "a picture"},
		{`<p id="a">1</p><p id="a">2 <a href="#a">A</a></p>`, `<p id="a">1</p><p>2 <a href="#a">A</a></p>`, "an id stands once"},
		{`<p><a href="#a&quot;onclick=x">A</a></p><p id='a"onclick=x'>1</p>`, `<p><a href="#a_22onclick_3dx">A</a></p><p id="a_22onclick_3dx">1</p>`, "a hostile name"},
	} {
		if got, _, _ := CleanEntry(test.source, feed, page); got != test.want {
			t.Errorf("%s: %s\nbecame %s\nwant   %s", test.remark, test.source, got, test.want)
		}
	}
}

func TestWhatIsNotKeptKeepsItsText(t *testing.T) {
	for _, test := range []struct{ source, want, remark string }{
		{`<p>So <math alttext="E = mc^2 &lt; x"><mi>E</mi><mo>=</mo></math> is.</p>`, `<p>So E = mc^2 &lt; x is.</p>`, "a formula with a text"},
		{`<p>So <math><semantics><mrow><mi>x</mi><mo>=</mo><mn>1</mn></mrow><annotation encoding="application/x-tex">x=1</annotation></semantics></math> is.</p>`, `<p>So x=1 is.</p>`, "a formula without one"},
		{`<object data="/docs/plan%20a.pdf" type="application/pdf"><p>Your browser shows no <b>PDF</b>.</p></object>`,
			`<a href="https://city.example/docs/plan%20a.pdf">plan a.pdf</a> <p>Your browser shows no <b>PDF</b>.</p>`, "an object with a text"},
		{`<object data="javascript:alert(1)"><param name="a" value="b"><embed src="x.swf">Film</object>`, `Film`, "an object that leads nowhere"},
		{`<object data="x.svg"><script>alert(1)</script></object>`, `<a href="https://city.example/x.svg">x.svg</a>`, "an object with a script"},
	} {
		if got, _, _ := Clean(test.source, "https://city.example/"); got != test.want {
			t.Errorf("%s: %s\nbecame %s\nwant   %s", test.remark, test.source, got, test.want)
		}
	}
}
