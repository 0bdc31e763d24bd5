package html

import (
	"strings"
	"testing"

	"github.com/kairan-news/kairan/internal/parse/parsetest"
)

func TestFrames(t *testing.T) {
	film := func(link, title string) string {
		return `<figure><a href="` + link + `"><img src="https://i.ytimg.com/vi/aqz-KE-bpKQ/hqdefault.jpg" alt="` + title + `" width="480" height="360"></a><figcaption><a href="` + link + `">` + title + `</a></figcaption></figure>`
	}
	const watch = "https://www.youtube.com/watch?v=aqz-KE-bpKQ"
	link := func(href, words string) string { return `<p><a href="` + href + `">` + words + `</a></p>` }
	tests := []struct{ in, want string }{
		{`<iframe src="https://www.youtube.com/embed/aqz-KE-bpKQ?rel=0" title="Cherry &amp; blossoms"></iframe>`, film(watch, "Cherry &amp; blossoms")},
		{`<iframe src="//www.youtube-nocookie.com/embed/aqz-KE-bpKQ" title="YouTube video player"></iframe>`, film(watch, "YouTube")},
		{`<iframe src="about:blank" data-src="https://youtu.be/aqz-KE-bpKQ"></iframe>`, film(watch, "YouTube")},
		{`<iframe src="https://m.youtube.com/watch?v=aqz-KE-bpKQ&start=90"></iframe>`, film(watch+"&amp;t=90s", "YouTube")},
		{`<object data="http://www.youtube.com/v/aqz-KE-bpKQ&amp;hl=en"><param name="movie" value="x">Flash</object>`, film(watch, "YouTube")},
		{`<embed src="http://www.youtube.com/v/aqz-KE-bpKQ">`, film(watch, "YouTube")},
		{`<iframe src="https://www.youtube.com/embed/videoseries?list=PL12"></iframe>`, link("https://www.youtube.com/playlist?list=PL12", "YouTube")},
		{`<iframe src="https://www.youtube.com/embed/../x"></iframe>`, link("https://www.youtube.com/x", "YouTube")},
		{`<p>Before <iframe src="https://www.youtube.com/embed/aqz-KE-bpKQ"></iframe> after</p>`, `<p>Before </p>` + film(watch, "YouTube") + ` after`},
		{`<iframe src="https://player.vimeo.com/video/76979871?h=8272103f6e" title="Report"></iframe>`, link("https://vimeo.com/76979871/8272103f6e", "Report")},
		{`<iframe src="https://www.dailymotion.com/embed/video/x7tgad0"></iframe>`, link("https://www.dailymotion.com/video/x7tgad0", "Dailymotion")},
		{`<iframe src="https://geo.dailymotion.com/player.html?video=x7tgad0"></iframe>`, link("https://www.dailymotion.com/video/x7tgad0", "Dailymotion")},
		{`<iframe src="https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/city/episode-1&amp;color=%23ff5500"></iframe>`, link("https://soundcloud.com/city/episode-1", "SoundCloud")},
		{`<iframe src="https://open.spotify.com/embed/episode/4a"></iframe>`, link("https://open.spotify.com/episode/4a", "Spotify")},
		{`<iframe src="https://embed.nicovideo.jp/watch/sm9"></iframe>`, link("https://www.nicovideo.jp/watch/sm9", "niconico")},
		{`<iframe src="https://player.bilibili.com/player.html?bvid=BV1xx"></iframe>`, link("https://www.bilibili.com/video/BV1xx", "bilibili")},
		{`<iframe src="https://www.facebook.com/plugins/video.php?href=https%3A%2F%2Fwww.facebook.com%2Fcity%2Fvideos%2F1"></iframe>`, link("https://www.facebook.com/city/videos/1", "Facebook")},
		{`<iframe src="https://www.facebook.com/plugins/video.php?href=javascript%3Aalert(1)"></iframe>`, link("https://www.facebook.com/plugins/video.php?href=javascript%3Aalert(1)", "Facebook")},
		{`<iframe src="https://www.google.com/maps/embed?pb=!1m14!1m12!1m3!1d3240!2d139.767!3d35.681!2m3!1f0"></iframe>`, link("https://www.google.com/maps/search/?api=1&amp;query=35.681%2C139.767", "Google Maps")},
		{`<iframe src="https://maps.google.com/maps?q=City+Hall&amp;output=embed" title="City Hall"></iframe>`, link("https://www.google.com/maps/search/?api=1&amp;query=City+Hall", "City Hall")},
		{`<iframe src="https://www.google.com/maps/d/embed?mid=1aB"></iframe>`, link("https://www.google.com/maps/d/viewer?mid=1aB", "Google Maps")},
		{`<iframe src="https://docs.google.com/forms/d/e/1/viewform"></iframe>`, link("https://docs.google.com/forms/d/e/1/viewform", "docs.google.com")},
		{`<iframe src="https://www.google.com/calendar/embed?src=a" title="Calendar"></iframe>`, link("https://www.google.com/calendar/embed?src=a", "Calendar")},
		{`<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4&amp;marker=35.6,139.7"></iframe>`, link("https://www.openstreetmap.org/?mlat=35.6&amp;mlon=139.7", "OpenStreetMap")},
		{`<iframe src="https://www.openstreetmap.org/export/embed.html?bbox=1,2,3,4"></iframe>`, link("https://www.openstreetmap.org/?minlon=1&amp;minlat=2&amp;maxlon=3&amp;maxlat=4", "OpenStreetMap")},
		{`<iframe src="/webcam" title="The harbour now"></iframe>`, link("https://city.example/webcam", "The harbour now")},
		{`<iframe src="https://www.other.example/x" title="<b>"></iframe>`, link("https://www.other.example/x", "&lt;b&gt;")},
		{`<iframe src="https://www.other.example/x"></iframe>`, link("https://www.other.example/x", "other.example")},
		{`<a href="https://city.example/a">a<iframe src="https://www.other.example/x"></iframe></a>`, `<a href="https://city.example/a">a</a>` + link("https://www.other.example/x", "other.example")},
		{`<iframe src="javascript:alert(1)"></iframe>a`, `a`},
		{`<iframe srcdoc="<script>x</script>"></iframe>a`, `a`},
		{`<iframe src="https://www.googletagmanager.com/ns.html?id=x" height="0" width="0"></iframe>a`, `a`},
		{`<embed src="https://city.example/x.swf">a`, `a`},
		{`<object data="https://www.youtube.com/embed/aqz-KE-bpKQ"><p>No Flash</p><embed src="https://www.youtube.com/v/aqz-KE-bpKQ"></object>a`, film(watch, "YouTube") + `a`},
	}
	for _, tt := range tests {
		got, _, _ := Clean(tt.in, "https://city.example/news/")
		if strings.Join(strings.Fields(got), " ") != strings.Join(strings.Fields(tt.want), " ") {
			t.Errorf("Clean(%q)\n got %q\nwant %q", tt.in, got, tt.want)
		}
		parsetest.CheckHTML(t, got)
	}
	if _, pictures, _ := Clean(tests[0].in, ""); len(pictures) != 1 || pictures[0].Alt != "Cherry & blossoms" {
		t.Errorf("the pictures are %+v", pictures)
	}
}
