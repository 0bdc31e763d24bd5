package config

import (
	"regexp"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
)

const idPattern = `^[a-z][a-z0-9-]{0,40}$`

// describe returns the shape of kairan.yaml.
func describe() *shape {
	return &shape{
		form: recordForm,
		noun: "the configuration",
		doc:  "What a city publishes with Kairan, and where it collects it.",

		start: "write one to start from with \"kairan init\"",
		fields: []field{
			{name: "site", required: true, example: "{id: my-city, url: https://news.my-city.example}", shape: siteShape()},
			{name: "storage", also: []string{"database", "db", "store"}, shape: &shape{
				noun: "sqlite:PATH or postgres://USER@HOST/DATABASE", secret: true, reads: checkStorage, pattern: regexp.MustCompile(`^(sqlite:.+|postgres(ql)?://.+)$`),
				doc: "Where articles are kept: sqlite:PATH, relative to this file, or a postgres:// address. Without it, SQLite in the data directory. An address with a password is better given in the environment.",
			}},
			{name: "categories", also: []string{"topics", "tags"}, shape: &shape{
				form: listForm, filled: true, of: categoryShape(),
				doc: "The city's own taxonomy, in the order in which it is shown. Without it, thirteen categories that most cities have.",
			}},
			{name: "publishers", also: []string{"cities", "partners"}, required: true, unless: "include", example: "[{key: my-city, …}]", shape: &shape{
				form: listForm, of: publisherShape(),
				doc: "The cities and departments whose notices are published.",
			}},
			{name: "sources", also: []string{"feeds"}, required: true, unless: "include", example: "[{id: my-news, …}]", shape: &shape{
				form: listForm, of: sourceShape(),
				doc: "What is collected.",
			}},
			{name: "include", also: []string{"includes", "import", "files"}, shape: &shape{
				form: eitherForm,
				doc:  "Files with more publishers and sources: a pattern such as sources/*.yaml, or a list of patterns, relative to this file.",
				choices: []*shape{
					patternShape(),
					{form: listForm, filled: true, of: patternShape()},
				},
			}},
			{name: "fetch", also: []string{"http", "client"}, shape: fetchShape()},
			{name: "notify", also: []string{"notifications", "alerts", "alerting"}, shape: notifyShape()},
			{name: "admin", also: []string{"operators", "ops", "auth"}, shape: adminShape()},
			{name: "probe", also: []string{"monitor", "healthcheck", "check"}, shape: probeShape()},
		},
	}
}

func patternShape() *shape {
	return &shape{
		noun: "a pattern of files, such as sources/*.yaml", reads: checkPattern,
		doc: "The path of a file, or a pattern: * stands for any letters of a name, ? for one, [a-z] for one of these. A name that begins with a dot is matched only where the pattern writes the dot.",
	}
}

// includedShape returns the shape of a file that the configuration of that shape
// includes: the lists that grow.
func includedShape(whole *shape) *shape {
	s := &shape{
		form: recordForm, noun: "an included file", doc: "More publishers and sources, in a file that kairan.yaml includes.",
		start: "write \"sources: []\" into it if that is meant, or remove it", elsewhere: map[string]string{},
	}
	for _, f := range whole.fields {
		switch f.name {
		case "publishers", "sources":
			f.required = false
			s.fields = append(s.fields, f)
		case "include":
			s.elsewhere[f.name] = "name all files in the one that includes this one"
		default:
			s.elsewhere[f.name] = "move it to the file that includes this one"
		}
	}
	return s
}

func siteShape() *shape {
	return &shape{
		form: recordForm, noun: "the site", doc: "The feed service as readers see it.",
		fields: []field{
			{name: "id", also: []string{"key"}, required: true, example: "my-city", shape: &shape{
				noun: idNoun, pattern: regexp.MustCompile(idPattern),
				doc: "Names the site for ever: the ids of its feeds are minted from it. Never change it, whatever the address becomes.",
			}},
			{name: "url", also: []string{"base_url", "address", "link"}, required: true, example: "https://news.my-city.example", shape: &shape{
				noun: addressNoun, format: "uri", reads: checkBaseURL, pattern: regexp.MustCompile(`^https?://`),
				doc: "The public address of the service, with its path if it has one. A host in another script is published as DNS has it (xn--…).",
			}},
			{name: "title", also: []string{"name", "titles"}, shape: localized("The title of the site: one text, or one for each language. Without it, the message site.title of a folder of bundles that is named below, else the host of url.")},
			{name: "tagline", also: []string{"subtitle", "description"}, shape: localized("A sentence below the title: one text, or one for each language. Without it, a site with a title of its own has none.")},
			{name: "icon", also: []string{"favicon", "site_icon"}, shape: pictureShape("A square picture of the site, for browsers and reader programs: PNG, JPEG, GIF or SVG. A PNG of 180 to 512 pixels is shown everywhere. Without it and without a logo, the program's own.")},
			{name: "logo", also: []string{"image", "picture"}, shape: pictureShape("A picture of the site of any shape: pages have it before the site's name, and feeds as their logo. RSS takes PNG, JPEG and GIF alone.")},
			{name: "default_locale", also: []string{"default_language"}, shape: languageShape("The locale of readers whom no other fits. Without it en, or the first locale.")},
			{name: "locales", also: []string{"languages"}, shape: &shape{
				form: eitherForm,
				doc:  "The languages of the site: a list, or a mapping of each to the languages that its readers accept when a notice is not in their own, best first; \"*\" as the last is any. Without such a list: the language itself wherever it is spoken, Chinese in the other script, English, and then any, so that each notice is there once for everybody. Without this key, every language that has a message bundle.",
				choices: []*shape{
					{form: listForm, filled: true, of: languageShape("A locale.")},
					{form: tableForm, filled: true, keys: languageShape("A locale."), of: &shape{
						form: listForm, of: acceptedShape(),
						doc: "The languages that this locale's readers accept, best first.",
					}},
				},
			}},
			{name: "calendars", also: []string{"calendar", "eras"}, shape: calendarsShape()},
			{name: "messages", also: []string{"bundles"}, shape: &shape{
				noun: "the path of a folder",
				doc:  "A folder of message bundles (active.TAG.toml) that are laid over the built-in ones, relative to this file.",
			}},
			{name: "contact", also: []string{"email", "mail"}, shape: readersContactShape()},
			{name: "theme", also: []string{"colors", "colours", "style"}, shape: themeShape()},
			{name: "stylesheet", also: []string{"css", "styles"}, shape: stylesheetShape()},
			{name: "header", also: []string{"links", "nav", "navigation", "menu"}, shape: linksShape("Links at the head of every page, three or four at most.")},
			{name: "footer", also: []string{"foot", "footer_links"}, shape: linksShape("Links at the foot of every page: contact, imprint, accessibility statement, privacy.")},
			{name: "pages", also: []string{"page", "texts"}, shape: pagesShape()},
		},
	}
}

func pictureShape(doc string) *shape {
	return &shape{
		noun: "the path of a file or an https address", reads: checkPicture,
		doc: doc + " The path of a file of 1 MiB at most, relative to this file, which the site serves; or an https address.",
	}
}

func categoryShape() *shape {
	return &shape{form: eitherForm, noun: "a category", choices: []*shape{
		termShape(),
		{form: recordForm, noun: "a category", fields: []field{
			{name: "term", also: []string{"id", "key", "name"}, required: true, example: "culture", shape: termShape()},
			{name: "formerly", also: []string{"former", "aliases", "renamed_from"}, shape: &shape{
				form: listForm, of: termShape(),
				doc: "Terms that the category had before, the oldest first. Their addresses redirect to the present ones, the ids of its feeds stay those of the first, and notices that say them belong to the category.",
			}},
			{name: "urgent", preset: false, shape: &shape{form: flagForm, doc: "Notices of an urgent category are published at once, and stand before all others on the front page for 72 hours after their last change."}},
			{name: "labels", also: []string{"label", "names", "title"}, shape: localized("What readers see: one text, or one for each language. Without it, the message category.TERM of the bundles.")},
		}},
	}}
}

func termShape() *shape {
	return &shape{noun: idNoun, pattern: regexp.MustCompile(idPattern), not: reserved(), reads: checkAddressable, doc: "The constant term of the category. It stands in addresses."}
}

func publisherShape() *shape {
	return &shape{
		form: recordForm, noun: "a publisher", doc: "A city, or a department of one.",
		fields: []field{
			{name: "key", also: []string{"id"}, required: true, example: "my-city", shape: &shape{
				noun: idNoun, pattern: regexp.MustCompile(idPattern), not: reserved(), reads: checkAddressable,
				doc: "Names the publisher for ever: the ids of its articles are minted from it.",
			}},
			{name: "formerly", also: []string{"former", "aliases", "renamed_from"}, shape: &shape{
				form: listForm, of: &shape{noun: idNoun, pattern: regexp.MustCompile(idPattern), not: reserved(), reads: checkAddressable},
				doc: "Keys that the publisher had before, the oldest first. Their addresses redirect to the present ones, and its articles and feeds keep their ids.",
			}},
			{name: "name", also: []string{"names", "title"}, shape: localized("Its name: one text, or one for each language. Without it, the message named by name_id.")},
			{name: "name_id", also: []string{"message", "name_message"}, shape: &shape{
				noun: "the id of a message, such as publisher.tokyo", pattern: regexp.MustCompile(`^[a-z][a-z0-9.-]*$`),
				doc: "The message of the bundles that holds its name. Without it, publisher.KEY.",
			}},
			{name: "time_zone", also: []string{"timezone", "tz", "zone", "location"}, required: true, example: "Asia/Tokyo", shape: &shape{
				noun: "a time zone, such as Asia/Tokyo", reads: checkTimeZone,
				doc: "A name of the IANA time zone database. Dates without a zone and schedules are read in it.",
			}},
			{name: "country", shape: &shape{
				noun: "an ISO 3166-1 code, such as JP", reads: checkCountry, pattern: regexp.MustCompile(`^[A-Z]{2}$`),
				doc: "An ISO 3166-1 code. Names of zones that several countries share, such as EST, are read by it.",
			}},
			{name: "language", also: []string{"lang"}, required: true, example: "ja", shape: languageShape("The publisher's own language.")},
			{name: "home_page", also: []string{"homepage", "url", "link", "website"}, shape: webAddress("The publisher's home page.")},
			{name: "logo", also: []string{"image", "picture", "icon"}, shape: pictureShape("A picture of the publisher of any shape, which stands with its notices and on its page.")},
			{name: "calendar", also: []string{"holidays", "quiet", "quiet_days", "calendars"}, shape: quietShape()},
			{name: "licence", also: []string{"license", "rights"}, shape: &shape{
				form: recordForm, noun: "the licence",
				doc: "What may be republished. Until it is recorded: title, a short summary and the link.",
				fields: []field{
					{name: "name", also: []string{"title"}, required: true, example: "CC BY 4.0", shape: &shape{noun: "a name, such as CC BY 4.0", doc: "Its name, as the attribution prints it."}},
					{name: "url", also: []string{"link"}, shape: webAddress("Where it can be read.")},
					{name: "full_text", also: []string{"fulltext"}, preset: false, shape: &shape{form: flagForm, doc: "Whether the whole text of articles may be republished."}},
				},
			}},
		},
	}
}

func sourceShape() *shape {
	return &shape{
		form: recordForm, noun: "a source", doc: "Something that is collected.",
		fields: []field{
			{name: "id", also: []string{"key", "name"}, required: true, example: "my-news", shape: &shape{noun: idNoun, pattern: regexp.MustCompile(idPattern), doc: "Names the source in commands and logs."}},
			{name: "publisher", required: true, example: "my-city", shape: &shape{noun: "the key of a publisher", doc: "The key of the publisher whose notices these are."}},
			{name: "kind", also: []string{"type", "format"}, required: true, example: "feed", shape: &shape{
				noun: "a kind of source", doc: "How it is collected.",
				words: []word{
					{text: string(feeds.KindFeed), also: []string{"rss", "atom", "rdf", "json", "jsonfeed", "xml"}, doc: "RSS, RDF, Atom or JSON Feed"},
					{text: string(feeds.KindFolder), also: []string{"directory", "dir", "files", "file", "path"}, doc: "a folder of Markdown, HTML and plain text files"},
					{text: string(feeds.KindPage), also: []string{"html", "web", "site", "scrape"}, doc: "an HTML page that lists articles"},
					{text: string(feeds.KindSitemap), also: []string{"sitemaps"}, doc: "a sitemap and its articles"},
				},
			}},
			{name: "url", also: []string{"link", "address", "href"}, shape: sourceAddress()},
			{name: "path", also: []string{"folder", "dir", "directory"}, shape: &shape{noun: "the path of a folder", doc: "The folder, relative to the file in which this stands."}},
			{name: "language", also: []string{"lang"}, shape: languageShape("The language of everything in the source. Without it, what the documents say of themselves.")},
			{name: "schedule", also: []string{"cron", "every", "interval"}, preset: DefaultSchedule, shape: &shape{
				noun: "a schedule, such as @every 30m or */20 6-22 * * *", reads: checkSchedule,
				doc: "When it is collected: five cron fields in the publisher's time zone, or @hourly, or @every with a duration. Without it @every 30m, for a folder @every 1m.",
			}},
			{name: "categories", also: []string{"category", "rules"}, shape: &shape{
				form: recordForm, noun: "the categories of a source", doc: "How its articles find their categories.",
				fields: []field{
					{name: "map", also: []string{"rules", "mapping"}, shape: &shape{
						form: tableForm, of: &shape{noun: "a term of the categories", doc: "A term of the categories."},
						doc: "What the source writes, without regard to case, and the category that it means.",
					}},
					{name: "default", also: []string{"defaults", "else"}, shape: &shape{
						form: eitherForm, doc: "The category, or categories, of articles that nothing else places. They count as long as nothing places a version of the notice in any language.",
						choices: []*shape{
							{noun: "a term of the categories"},
							{form: listForm, of: &shape{noun: "a term of the categories"}},
						},
					}},
					{name: "keywords", also: []string{"keyword", "words"}, preset: true, shape: &shape{form: flagForm, doc: "Whether the words of titles and summaries may place an article that its source does not place, before the default does."}},
				},
			}},
			{name: "editions", also: []string{"edition", "translations", "versions"}, shape: editionsShape()},
			{name: "selectors", also: []string{"selector", "css"}, shape: selectorsShape()},
			{name: "only", also: []string{"keep", "filter", "where"}, shape: filterShape("Which entries become articles: those in which one of these is found. Without it, all.")},
			{name: "except", also: []string{"exclude", "ignore", "skip", "without"}, shape: filterShape("Which entries become none, whatever only says. One that was published before leaves the feeds at the next visit, and comes back when the rule is gone.")},
			{name: "rewrite", also: []string{"replace", "rename", "titles"}, shape: &shape{
				form: listForm, of: rewritingShape(),
				doc: "Changes of titles, one after the other. only and except look at titles as the source writes them.",
			}},
			{name: "full_text", also: []string{"fulltext", "fetch_pages", "follow_links"}, preset: "feed", shape: &shape{
				noun: "feed or fetch", doc: "Where the texts of a feed's articles come from. Pages are fetched only where the publisher's licence has full_text.",
				words: []word{
					{text: "feed", also: []string{"no", "none", "off", "false"}, doc: "the feed itself"},
					{text: "fetch", also: []string{"page", "pages", "yes", "on", "true"}, doc: "the pages behind its entries, as they are new or change, where these say more than the feed"},
				},
			}},
			{name: "max_pages", also: []string{"pages"}, preset: 20, shape: &shape{form: wholeForm, min: 1, max: 200, doc: "How many article pages a run of a page or a sitemap, or of a feed with full_text, fetches at most; what is left waits for the next run, a minute later."}},
			{name: "day_first", shape: &shape{form: flagForm, doc: "Whether 03/04/2026 is 3 April. Without it the publisher's language decides, or where that is not told the document's: Spanish, French, Thai and others write the day first, and so does English of a country such as en-GB."}},
			{name: "credentials", also: []string{"credential", "auth", "authentication", "login"}, shape: credentialsShape()},
			{name: "retry_after_scope", also: []string{"retry_after"}, preset: "source", shape: &shape{
				noun: "source or host", doc: "What is left alone when its server asks for less (429 or 503, Retry-After): the source, or every source of its host.",
				words: []word{{text: "source", doc: "the source alone"}, {text: "host", doc: "every source of its host"}},
			}},
			{name: "allow_private", preset: false, shape: &shape{form: flagForm, doc: "Lets its host be on a private network."}},
			{name: "expect", also: []string{"expects", "expected", "rhythm"}, shape: duration(time.Hour, 366*24*time.Hour, "How often it brings something new at least, such as 24h or 7d: after that it is told to be silent. Without it that is learned from its past weeks, and not told before there are four of them.")},
			{name: "volatile", preset: false, shape: &shape{form: flagForm, doc: "Its list rises and falls as incidents do, so that a sudden change of most of it is nothing to hold back."}},
			{name: "corrections", also: []string{"correction", "corrected"}, preset: "declared", shape: &shape{
				noun: "declared or text-changed", doc: "What readers are told was corrected, with the date: what the source declares, or also articles whose title or text changes more than a day after they were published.",
				words: []word{{text: "declared", doc: "what the source declares alone"}, {text: "text-changed", doc: "articles whose title or text changes after a day, too"}},
			}},
			{name: "disabled", also: []string{"enabled", "off", "inactive"}, preset: false, shape: &shape{form: flagForm, doc: "Keeps it in the configuration without collecting it."}},
			{name: "comment", also: []string{"note", "remark", "description"}, shape: &shape{noun: "a remark", doc: "A remark for those who operate the service."}},
		},
		rules: []rule{
			{key: "kind", value: string(feeds.KindFeed), require: "url", forbid: "path", hint: "a feed is at a url"},
			{key: "kind", value: string(feeds.KindPage), require: "url", forbid: "path", hint: "a page is at a url"},
			{key: "kind", value: string(feeds.KindSitemap), require: "url", forbid: "path", hint: "a sitemap is at a url"},
			{key: "kind", value: string(feeds.KindFolder), require: "path", forbid: "url", hint: "a folder is at a path"},
			{key: "kind", value: string(feeds.KindFeed), forbid: "selectors", unless: "full_text", hint: "selectors are for pages and sitemaps, and for a feed with full_text: fetch"},
			{key: "kind", value: string(feeds.KindFolder), forbid: "selectors", hint: "selectors are for pages and sitemaps"},
			{key: "kind", value: string(feeds.KindFeed), forbid: "max_pages", unless: "full_text", hint: "the number of pages is for pages and sitemaps, and for a feed with full_text: fetch"},
			{key: "kind", value: string(feeds.KindFolder), forbid: "max_pages", hint: "the number of pages is for pages and sitemaps"},
			{key: "kind", value: string(feeds.KindPage), forbid: "full_text", hint: "the pages of a page's articles are read anyway"},
			{key: "kind", value: string(feeds.KindSitemap), forbid: "full_text", hint: "the pages of a sitemap are read anyway"},
			{key: "kind", value: string(feeds.KindFolder), forbid: "full_text", hint: "the files of a folder are read whole anyway"},
		},
	}
}

func selectorsShape() *shape {
	css := func(doc string) *shape {
		return &shape{noun: "a CSS selector, such as ul.news li", reads: checkSelector, doc: doc}
	}
	return &shape{
		form: recordForm, noun: "the selectors", doc: "CSS selectors for what a page is made of; of a feed with full_text only content. Without them, what looks like articles is found by itself; kairan preview shows what.",
		fields: []field{
			{name: "item", also: []string{"items", "entry"}, shape: css("Each entry of a listing; the others but content are looked for within it.")},
			{name: "link", also: []string{"a", "url", "href"}, shape: css("What has the article's address. Without it, the first link of the item; without item, each such link is an entry.")},
			{name: "title", also: []string{"headline"}, shape: css("The article's title. Without it, the text of the link.")},
			{name: "date", also: []string{"time", "published"}, shape: css("The article's date. Without it, the first date in the item.")},
			{name: "summary", also: []string{"description", "lead"}, shape: css("A summary. Without it, none.")},
			{name: "content", also: []string{"body", "text"}, shape: css("The text in the article's own page. Without it, what stands where the page says that its text does, else what reads like an article.")},
		},
	}
}

// filterShape names entries: by words anywhere, or by where they stand.
func filterShape(doc string) *shape {
	words := func(where string) *shape {
		return &shape{form: eitherForm, doc: "Words or patterns that are looked for in " + where + ".", choices: []*shape{
			soughtShape(), {form: listForm, filled: true, of: soughtShape()},
		}}
	}
	return &shape{form: eitherForm, doc: doc, choices: []*shape{
		soughtShape(),
		{form: listForm, filled: true, of: soughtShape()},
		{form: recordForm, noun: "what is looked for", fields: []field{
			{name: "title", also: []string{"titles", "headline"}, shape: words("titles")},
			{name: "category", also: []string{"categories", "term", "terms", "tag", "tags"}, shape: words("what the source calls its categories, and in the terms of yours")},
			{name: "author", also: []string{"authors", "creator", "by"}, shape: words("names and addresses of authors")},
		}},
	}}
}

func soughtShape() *shape {
	return &shape{
		noun: "a word or a pattern, such as /^Jobs:/", reads: checkSought,
		doc: "A word, which is looked for without regard to case, or a pattern between slashes: a regular expression (RE2).",
	}
}

func rewritingShape() *shape {
	return &shape{
		form: recordForm, noun: "a change of titles", doc: "What is replaced in titles, and by what.",
		fields: []field{
			{name: "pattern", also: []string{"match", "from", "find", "old"}, required: true, example: `"/^Press release: /"`, shape: &shape{
				noun: "a text or a pattern, such as /^Press release: /", reads: checkSought,
				doc: "The text that is replaced, just as it is written, or a pattern between slashes: a regular expression (RE2).",
			}},
			{name: "replacement", also: []string{"with", "to", "by", "new"}, shape: &shape{noun: "a text", doc: "What takes its place; $1 is what the first group of a pattern matched. Without it, what is found is taken out."}},
		},
	}
}

func editionsShape() *shape {
	return &shape{
		form: recordForm, noun: "editions", doc: "What joins versions of a notice in several languages, where their documents do not say it.",
		fields: []field{
			{name: "urls", also: []string{"url", "paths"}, shape: &shape{
				form: tableForm, of: languageShape("The language of what stands there."),
				doc: "Parts of addresses, such as /en/, and the languages of the versions that stand there. Addresses that differ in these parts alone are versions of one notice.",
			}},
			{name: "of", also: []string{"source", "sources"}, shape: &shape{
				noun: "the id of a source",
				doc:  "Another source of the publisher that has the same notices in another language under the same GUIDs.",
			}},
		},
	}
}

func credentialsShape() *shape {
	secret := func(doc string) *shape {
		return &shape{
			noun: "the name of an environment variable, such as ${NEWS_TOKEN}", secret: true,
			pattern: regexp.MustCompile(`^\$\{[A-Za-z_][A-Za-z0-9_]*\}$`), reads: checkReference, doc: doc,
		}
	}
	return &shape{
		form: recordForm, noun: "credentials", doc: "What proves to the source's own host who asks: a user and a password, a bearer token, or a header. Secrets stand in the environment: ${NAME} is the variable NAME, or the content of the file that NAME_FILE names.",
		fields: []field{
			{name: "user", also: []string{"username", "name"}, shape: &shape{noun: "a user name", doc: "The user of basic credentials."}},
			{name: "password", also: []string{"pass"}, shape: secret("The password of basic credentials.")},
			{name: "bearer", also: []string{"token"}, shape: secret("A bearer token.")},
			{name: "header", shape: &shape{noun: "the name of a header, such as X-Api-Key", pattern: regexp.MustCompile(`^[A-Za-z][A-Za-z0-9-]*$`), doc: "The name of a header that the server wants."}},
			{name: "value", also: []string{"key"}, shape: secret("The value of the header.")},
		},
	}
}

func fetchShape() *shape {
	defaults := DefaultFetch()
	return &shape{
		form: recordForm, noun: "fetch", doc: "How the service behaves as a guest of other servers.",
		fields: []field{
			{name: "contact", also: []string{"user_agent", "email", "from"}, shape: &shape{
				noun: "an http, https or mailto address", format: "uri", reads: checkContact, pattern: regexp.MustCompile(`^(https?://|mailto:)`),
				doc: "Where the operator of another server can reach you; it stands in the User-Agent. Without it, the address of the site.",
			}},
			{name: "timeout", preset: defaults.Timeout.String(), shape: duration(time.Second, 10*time.Minute, "How long one request may take in all.")},
			{name: "first_byte_timeout", preset: defaults.FirstByteTimeout.String(), shape: duration(time.Second, 10*time.Minute, "How long a server may take to begin its answer.")},
			{name: "max_size", also: []string{"limit", "max_bytes"}, preset: "10MiB", shape: &shape{form: sizeForm, min: 1 << 10, max: 1 << 30, doc: "The largest document that is read, after decompression."}},
			{name: "allow_private", also: []string{"allowed_networks", "private"}, shape: &shape{
				form: listForm, of: &shape{noun: "an address, a network or a host, such as 10.1.0.0/16 or intranet.my-city.example", reads: checkNetwork},
				doc: "Addresses, networks and hosts that may be reached although they are private. Metadata services never are.",
			}},
			{name: "max_redirects", dropped: "5 redirects are followed"},
			{name: "host_pause", also: []string{"pause", "delay"}, preset: defaults.HostPause.String(), shape: duration(0, 10*time.Minute, "The pause between two requests to one host; 0 for none.")},
		},
	}
}

const (
	idNoun      = "a name of small letters, digits and hyphens that begins with a letter, 41 at most"
	addressNoun = "an http or https address, such as https://www.my-city.example/news"
)

func webAddress(doc string) *shape {
	return &shape{noun: addressNoun, format: "uri", reads: checkAddress, pattern: regexp.MustCompile(`^https?://`), doc: doc}
}

// sourceAddress is that of what is collected: of a feed also under feed:.
func sourceAddress() *shape {
	s := webAddress("The address of the feed, the page or the sitemap. Of a feed it may begin with feed: as well.")
	s.reads = func(given string) *fault { return checkAddress(address.Feed(given)) }
	s.pattern = regexp.MustCompile(`^([Ff][Ee][Ee][Dd]:(//)?)?https?://|^[Ff][Ee][Ee][Dd]://`)
	return s
}

func acceptedShape() *shape {
	s := languageShape("A language that the locale's readers accept, or \"*\" for any.")
	reads := s.reads
	s.noun += ", or *"
	s.pattern = regexp.MustCompile(`^(?:\*|` + s.pattern.String() + `)$`)
	s.reads = func(text string) *fault {
		if text == feeds.AnyLanguage {
			return nil
		}
		return reads(text)
	}
	return s
}

func languageShape(doc string) *shape {
	return &shape{noun: "a language tag, such as ja or zh-Hant", reads: checkLanguage, pattern: regexp.MustCompile(`^[A-Za-z]{2,3}([-_][A-Za-z0-9]{1,8})*$`), doc: doc}
}

// localized is one text for all languages, or one for each.
func localized(doc string) *shape {
	one := &shape{noun: "a text"}
	return &shape{form: eitherForm, doc: doc, choices: []*shape{
		one,
		{form: tableForm, filled: true, keys: languageShape("A locale."), of: one},
	}}
}

func duration(least, most time.Duration, doc string) *shape {
	return &shape{form: durationForm, min: int64(least), max: int64(most), doc: doc}
}
