package html

import (
	"maps"
	"testing"

	"github.com/kairan-news/kairan/feeds"
)

func TestWhatGoesIsCounted(t *testing.T) {
	one := func(kind feeds.DroppedKind) feeds.Dropped { return feeds.Dropped{kind: 1} }
	for _, test := range []struct {
		source string
		want   feeds.Dropped
		remark string
	}{
		{`<form action="/apply"><label>Name <input name="n"></label><select><option>A</select><button>Send</button></form>`, one(feeds.DroppedForm), "a form, once"},
		{`<form><input></form><p>x</p><form><textarea></textarea></form>`, feeds.Dropped{feeds.DroppedForm: 2}, "two forms"},
		{`<form id="aspnet"><input type="hidden" name="__VIEWSTATE"><p>All of the page.</p></form>`, nil, "a form around a page"},
		{`<p>Press <button>Play</button></p>`, one(feeds.DroppedControl), "a button without a form"},
		{`<svg viewBox="0 0 640 480"><path d="M0 0"/></svg>`, one(feeds.DroppedDrawing), "a drawing"},
		{`<p><svg width="16" height="16"><use href="#i"/></svg><svg viewBox="0 0 24 24"></svg><svg aria-hidden="true"></svg><svg style="display: none"></svg>Call</p>`, nil, "icons"},
		{`<canvas id="chart">Your browser is old.</canvas>`, one(feeds.DroppedCanvas), "a canvas"},
		{`<p>Forecast:</p><city-weather place="1"></city-weather>`, one(feeds.DroppedWidget), "an element of a script's own"},
		{`<city-weather place="1"/>`, one(feeds.DroppedWidget), "one that never ends"},
		{`<city-notice><p>The bridge is closed.</p></city-notice><amp-analytics></amp-analytics><sns-icon></sns-icon>`, nil, "one in which a text stands, a counter, an icon"},
		{`<iframe></iframe><iframe src="about:blank" title="Map"></iframe>`, feeds.Dropped{feeds.DroppedFrame: 2}, "frames that a script fills"},
		{`<iframe src="/map"></iframe>`, nil, "a frame in whose place a link stands"},
		{`<iframe src="https://www.googletagmanager.com/ns.html?id=1" height="0" width="0" style="display:none;visibility:hidden"></iframe>`, nil, "a frame that counts readers"},
		{`<embed src="film.swf">`, one(feeds.DroppedEmbed), "what a plug-in showed"},
		{`<object><param name="movie" value="x.swf"><embed src="x.swf"></object>`, one(feeds.DroppedEmbed), "an object that leads nowhere, once"},
		{`<object data="javascript:x"><p>Read it here.</p></object><object data="plan.pdf"><embed src="plan.pdf"></object>`, nil, "objects with a text, and with a link"},
		{`<img alt="The mayor">`, one(feeds.DroppedPicture), "a picture without an address"},
		{`<img data-hero="/a.jpg">`, one(feeds.DroppedPicture), "a picture that only its script finds"},
		{`<img src="file:///C:/photo.jpg"><img src="cid:1@mail">`, feeds.Dropped{feeds.DroppedPicture: 2}, "pictures of no web"},
		{`<img src="data:image/png;base64,iVBORw0KGgo=" alt="">`, one(feeds.DroppedData), "a picture within the text"},
		{`<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="><img><img src="data:image/png;base64,x" width="1" height="1">`, nil, "pictures that take up space"},
		{`<img src="data:image/gif;base64,R0" data-src="/a.jpg"><img src="/p.gif" width="1" height="1"><img src="https://www.facebook.com/tr?id=1">`, nil, "a picture that is found, and counters"},
		{`<a href="javascript:show(1)">Opening hours</a><a href="ftp://city.example/plan.zip">Plan</a>`, feeds.Dropped{feeds.DroppedLink: 2}, "links of no web"},
		{`<a href="javascript:void(0);">Print</a><a href="">x</a><a href="#top">Up</a><a name="a">A</a><a href="tel:1">1</a>`, nil, "links that lead nowhere, or to somebody"},
		{`<audio controls></audio><video poster="/p.jpg"><source src="blob:1"></video>`, feeds.Dropped{feeds.DroppedRecording: 2}, "recordings without an address"},
		{`<audio src="/a.mp3"></audio><video><source src="blob:1"><source src="/v.mp4"></video>`, nil, "recordings with one"},
		{`<img src="/m.png" usemap="#m"><map name="m"><area href="/north"><area href="/south"></map>`, one(feeds.DroppedMap), "the links of a picture"},
		{`<marquee>Storm warning</marquee><dialog> </dialog><dialog><p>Open <b>all</b> day</p></dialog>`, feeds.Dropped{feeds.DroppedPassage: 2}, "passages that move or open"},
		{`<script>x()</script><style>p{}</style><!-- a --><template><p>x</p></template><noscript><img src="/a.jpg"></noscript><p></p><p class="x" onclick="y()" style="z">a</p><link rel="x"><meta name="y">`, nil, "what readers don't lose"},
		{`<math><mi>x</mi></math><ruby>回<rt>かい</rt></ruby><font color="red">a</font><o:p>b</o:p>`, nil, "what stays in another way"},
		{`<p><a href="#m">M</a></p><form id="m"><button>x</button><script><p id="m"></p></script></form>`, one(feeds.DroppedForm), "in a text that is read twice"},
	} {
		if _, _, got := Clean(test.source, "https://city.example/"); !maps.Equal(got, test.want) {
			t.Errorf("%s: %s\ndropped %v (%s), want %v", test.remark, test.source, got, got, test.want)
		}
	}
}

// What a folder can't publish is told by who publishes files, and by nobody else.
func TestFilesBesideAreToldElsewhere(t *testing.T) {
	none := func(_, _ string) string { return "" }
	_, _, got := CleanNotice(`<img src="bridge.jpg"><a href="other.md">x</a><audio src="a.wma"></audio><object data="x.swf"></object><img src="/root.jpg">`, "", none)
	if want := (feeds.Dropped{feeds.DroppedPicture: 1}); !maps.Equal(got, want) {
		t.Errorf("dropped %v, want %v: of the root of a site, nobody else tells", got, want)
	}
}
