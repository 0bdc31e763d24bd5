import calendar, datetime, feedparser, json, re, html, sys

d = feedparser.parse(sys.argv[1])
if d.bozo:
    sys.exit(str(d.bozo_exception))


def date(parsed):
    return datetime.datetime.fromtimestamp(calendar.timegm(parsed), datetime.timezone.utc).isoformat()


def entry(e):
    texts = "".join(c.value for c in e.get("content", [])) + e.get("summary", "")
    pictures = [html.unescape(u) for u in re.findall(r'<img\b[^>]*?\bsrc="([^"]*)"', texts)]
    pictures += [m["url"] for m in e.get("media_content", []) + e.get("media_thumbnail", []) if "url" in m]
    return {
        "ID": e.id,
        "Title": html.unescape(e.title) if e.title_detail.type == "text/html" else e.title,
        "Link": e.link,
        "Date": date(e.published_parsed),
        "Language": e.get("language") or e.title_detail.language or "",
        "Authors": [a["name"] for a in e.get("authors", []) if "name" in a],
        "Pictures": pictures,
        "Enclosures": [x.href for x in e.enclosures if not x.get("type", "").startswith("image/")],
    }


json.dump({"Site": d.feed.link, "Entries": [entry(e) for e in d.entries]}, sys.stdout)
