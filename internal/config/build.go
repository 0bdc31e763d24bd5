package config

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/parse/address"
)

// builder turns values into a Config, and reports what does not fit together.
type builder struct {
	*report
	folders []string // of the files by their numbers; see [Unchecked]
	partial bool     // not all publishers and sources are known
	opened  map[*value][]openedFile
	labels  Labels
	locales []feeds.Locale
	terms   []word
	keys    []word
	quiet   map[string]Quiet
	expect  map[string]time.Duration
}

func (b *builder) config(u *Unchecked) *Config {
	name, root := u.name, u.roots[0]
	c := &Config{Name: name, Included: append([]string(nil), u.files[1:]...)}
	site := root.get("site")
	c.Site.ID = site.get("id").string()
	if base, err := publicAddress(site.get("url").string()); err == nil { // else it was reported
		c.Site.BaseURL = base
	}
	c.Site.Locales = b.readLocales(site.get("locales"), site.get("default_locale"))
	b.locales = c.Site.Locales
	c.Site.Calendars = b.calendars(site.get("calendars"))
	c.Site.DefaultLocale = b.defaultLocale(site.get("default_locale"))
	c.Site.Titles = b.texts(site.get("title"))
	c.Site.Taglines = b.texts(site.get("tagline"))
	c.Site.Icon = b.picture("icon", "site.icon", site.get("icon"))
	c.Site.Logo = b.picture("logo", "site.logo", site.get("logo"))
	c.Messages = resolve(name, site.get("messages").string())
	c.Storage = root.get("storage").string()
	if path, ok := strings.CutPrefix(c.Storage, "sqlite:"); ok {
		c.Storage = "sqlite:" + resolve(name, path)
	}
	c.Site.Categories = b.categories(root.get("categories"))
	c.Site.Publishers = b.publishers(u.all("publishers"))
	c.Sources = b.sources(u.all("sources"), c.Site.Publishers)
	c.Face = b.face(site, &c.Site)
	c.Quiet, c.Expect = b.quiet, b.expect
	c.Fetch = b.fetch(root.get("fetch"), c.Site.BaseURL)
	c.Notify = b.notify(name, root.get("notify"))
	c.Admin = b.admin(name, root.get("admin"))
	c.Probe = b.probe(root.get("probe"), c.Site.BaseURL)
	return c
}

func (b *builder) readLocales(v, byDefault *value) []feeds.Locale {
	var locales []feeds.Locale
	add := func(tag string, at position, chain []*value) {
		tag, f := canonical(tag)
		switch {
		case f != nil: // was reported
			return
		case slices.ContainsFunc(locales, func(l feeds.Locale) bool { return l.Tag == tag }):
			b.add(at, fmt.Sprintf("the locale %q is there twice", tag), "remove one of them")
			return
		}
		b.wantBundle(tag, at)
		l := feeds.Locale{Tag: tag, Chain: b.chain(tag, chain)}
		if len(chain) == 0 {
			l.Chain, l.Narrow = DefaultChain(tag), narrowChain(tag)
		}
		locales = append(locales, l)
	}
	switch {
	case v == nil && b.labels != nil:
		for _, tag := range b.labels.Tags() {
			add(tag, position{}, nil)
		}
	case v == nil && byDefault != nil: // nobody knows which bundles there are
		add(byDefault.string(), byDefault.at, nil)
	case v == nil:
		add("en", position{}, nil)
	case v.form == listForm:
		for _, item := range v.items {
			add(item.string(), item.at, nil)
		}
	default:
		for _, p := range v.pairs {
			add(p.key, p.at, p.value.list())
		}
	}
	return locales
}

// chain returns the languages that a locale accepts: itself first.
func (b *builder) chain(tag string, given []*value) feeds.Chain {
	chain := feeds.Chain{tag}
	for i, v := range given {
		if v.string() == feeds.AnyLanguage {
			if i < len(given)-1 {
				b.add(v.at, fmt.Sprintf("the chain of %q goes on behind \"*\", which accepts every language", tag), "put it last")
			}
			return append(chain, feeds.AnyLanguage)
		}
		t, f := canonical(v.string())
		switch {
		case f != nil || i == 0 && t == tag:
		case slices.Contains(chain, t):
			b.add(v.at, fmt.Sprintf("the chain of %q has %q twice", tag, t), "remove one of them")
		default:
			chain = append(chain, t)
		}
	}
	return chain
}

// DefaultChain returns the languages that a locale accepts where nobody says which: itself,
// with all that are the same language ([feeds.Chain.Rank]), Chinese in the other script,
// English, and any. So each notice is there once for everybody.
func DefaultChain(tag string) feeds.Chain {
	chain := feeds.Chain{tag}
	for _, other := range []string{otherChinese(tag), "en"} {
		if other != "" && !chain.Accepts(other) {
			chain = append(chain, other)
		}
	}
	return append(chain, feeds.AnyLanguage)
}

// narrowChain returns what DefaultChain was before it ended in any language.
func narrowChain(tag string) feeds.Chain {
	if tag == "en" {
		return feeds.Chain{tag}
	}
	return feeds.Chain{tag, "en"}
}

// otherChinese returns Chinese in the other script; "" of what is not Chinese.
func otherChinese(tag string) string {
	switch {
	case feeds.FitOf("zh-Hans", tag) != feeds.FitNone:
		return "zh-Hant"
	case feeds.FitOf("zh-Hant", tag) != feeds.FitNone:
		return "zh-Hans"
	}
	return ""
}

func (b *builder) wantBundle(tag string, at position) {
	if b.labels == nil || slices.Contains(b.labels.Tags(), tag) {
		return
	}
	b.add(at, fmt.Sprintf("there is no message bundle for the locale %q", tag),
		fmt.Sprintf("add active.%s.toml to the folder that site.messages names, or choose among %s", tag, strings.Join(b.labels.Tags(), ", ")))
}

// isLocale reports whether an id is the address of a locale, which is a fault.
func (b *builder) isLocale(id string, at position) bool {
	var tags []string
	if b.labels != nil {
		tags = b.labels.Tags()
	}
	for _, l := range b.locales {
		tags = append(tags, l.Tag)
	}
	if !slices.ContainsFunc(tags, func(tag string) bool { return strings.EqualFold(tag, id) }) {
		return false
	}
	b.add(at, fmt.Sprintf("%q is the address of a locale", id), "choose another word")
	return true
}

func (b *builder) defaultLocale(v *value) string {
	has := func(tag string) bool {
		return slices.ContainsFunc(b.locales, func(l feeds.Locale) bool { return l.Tag == tag })
	}
	tag, f := canonical(v.string())
	switch {
	case v == nil && has("en"):
		return "en"
	case v == nil && len(b.locales) > 0:
		return b.locales[0].Tag
	case v == nil || f != nil || has(tag):
		return tag
	}
	b.add(v.at, fmt.Sprintf("default_locale %q is not among the locales", tag), "add it to site.locales or choose one that is there")
	return ""
}

// texts returns a text for each locale: the one that the file has for it, else
// that of the first language that its chain names and that has one; nil without any.
func (b *builder) texts(v *value) map[string]string {
	if v == nil || v.bad {
		return nil
	}
	given := map[string]string{}
	var tags []string
	for _, p := range v.pairs {
		tag, f := canonical(p.key)
		if f != nil {
			continue
		}
		if _, ok := given[tag]; ok {
			b.add(p.at, fmt.Sprintf("the language %q is there twice", tag), "remove one of them")
		}
		given[tag] = oneLine(p.value.string())
		if given[tag] != "" {
			tags = append(tags, tag)
		}
	}
	texts := map[string]string{}
	for _, l := range b.locales {
		if v.form == textForm {
			texts[l.Tag] = oneLine(v.text)
			continue
		}
		if tag := l.Chain.Named().Best(tags); tag != "" {
			texts[l.Tag] = given[tag]
		}
	}
	return texts
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// hasMessage reports whether a bundle has the message.
func (b *builder) hasMessage(id string) bool {
	return b.labels == nil || len(b.labels.Labels(id)[id]) > 0
}

// wantTexts reports locales for which there is neither a text nor a message.
func (b *builder) wantTexts(texts map[string]string, at position, what, hint string) {
	var missing []string
	for _, l := range b.locales {
		if texts[l.Tag] == "" {
			missing = append(missing, l.Tag)
		}
	}
	if len(missing) > 0 {
		b.add(at, fmt.Sprintf("%s in %s", what, strings.Join(missing, ", ")), hint)
	}
}

// DefaultCategories returns the categories of a configuration that names none.
func DefaultCategories() []feeds.Category {
	terms := []string{
		"government", "international", "disaster-prevention", "environment", "urban-development", "infrastructure",
		"industry", "tourism", "culture", "health", "education", "sports", "living",
	}
	categories := make([]feeds.Category, len(terms))
	for i, t := range terms {
		categories[i] = feeds.Category{Term: t, Urgent: t == "disaster-prevention"}
	}
	return categories
}

func (b *builder) categories(v *value) []feeds.Category {
	categories := DefaultCategories()
	if v != nil {
		categories = nil
	}
	first := places{}
	var former []formerNames
	for _, item := range v.list() {
		term := item
		if item.form == recordForm {
			term = item.get("term")
		}
		c := feeds.Category{Term: term.string(), Urgent: item.get("urgent").isTrue(), Labels: b.texts(item.get("labels"))}
		if c.Term == "" || !b.once(first, "category", c.Term, term.at) || b.isLocale(c.Term, term.at) {
			continue
		}
		if c.Term == partnersTerm {
			b.warn(term.at, fmt.Sprintf("the category %q stands at the address of the page for partners, which this site does not have then", c.Term), "give it another term, and name this one in \"formerly\", to have both")
		}
		if !b.hasMessage("category." + c.Term) {
			b.wantTexts(c.Labels, term.at, fmt.Sprintf("the category %q has no label", c.Term), "add its labels")
		}
		categories = append(categories, c)
		former = append(former, formerNames{len(categories) - 1, item.get("formerly").list()})
	}
	for _, c := range categories {
		b.terms = append(b.terms, word{text: c.Term})
	}
	for _, f := range former {
		categories[f.of].Formerly = b.formerly(first, "category", f.names)
	}
	return categories
}

// partnersTerm is an address of the site itself that sites are older than.
const partnersTerm = "partners"

func (b *builder) publishers(items []*value) []feeds.Publisher {
	var publishers []feeds.Publisher
	first := places{}
	var former []formerNames
	for _, item := range items {
		key := item.get("key")
		p := feeds.Publisher{
			Key:      key.string(),
			Names:    b.texts(item.get("name")),
			NameID:   item.get("name_id").string(),
			Country:  item.get("country").string(),
			HomePage: item.get("home_page").string(),
			Logo:     b.picture("logo", "the logo", item.get("logo")),
		}
		if p.Key == "" || !b.once(first, "publisher", p.Key, key.at) || b.isLocale(p.Key, key.at) {
			continue
		}
		b.keys = append(b.keys, word{text: p.Key})
		p.Language, _ = canonical(item.get("language").string())
		if zone := item.get("time_zone").string(); zone != "" {
			p.Location, _ = time.LoadLocation(zone) // was checked
		}
		p.NameID = b.nameID(p, item)
		if l := item.get("licence"); l != nil {
			p.License = feeds.License{Name: oneLine(l.get("name").string()), URL: l.get("url").string(), FullText: l.get("full_text").isTrue()}
		}
		if days := quiet(item.get("calendar")); len(days) > 0 {
			if b.quiet == nil {
				b.quiet = map[string]Quiet{}
			}
			b.quiet[p.Key] = days
		}
		publishers = append(publishers, p)
		former = append(former, formerNames{len(publishers) - 1, item.get("formerly").list()})
	}
	for _, f := range former {
		publishers[f.of].Formerly = b.formerly(first, "publisher", f.names)
	}
	return publishers
}

// nameID returns the message of a publisher's name, "" where its names do.
func (b *builder) nameID(p feeds.Publisher, v *value) string {
	given := v.get("name_id")
	id := p.NameID
	if given == nil {
		id = "publisher." + p.Key
	}
	if id != "" && b.hasMessage(id) {
		return id
	}
	if given != nil && !given.bad {
		b.add(given.at, fmt.Sprintf("there is no message %q in the bundles", id), "write the publisher's name instead, or add the message to the folder that site.messages names")
		return ""
	}
	b.wantTexts(p.Names, v.get("key").at, fmt.Sprintf("the publisher %q has no name", p.Key), "add its name")
	return ""
}

func (b *builder) sources(items []*value, publishers []feeds.Publisher) []feeds.Source {
	sources := slices.Grow([]feeds.Source(nil), len(items))
	ids, addresses := places{}, places{}
	for _, item := range items {
		id := item.get("id")
		s := feeds.Source{
			ID:           id.string(),
			Publisher:    item.get("publisher").string(),
			Kind:         feeds.SourceKind(item.get("kind").string()),
			URL:          address.Feed(item.get("url").string()),
			Path:         b.path(item.get("path")),
			Schedule:     strings.Join(strings.Fields(item.get("schedule").string()), " "),
			Disabled:     item.get("disabled").isTrue(),
			Comment:      oneLine(item.get("comment").string()),
			DayFirst:     item.get("day_first").isTrue(),
			MonthFirst:   item.get("day_first").isFalse(),
			AllowPrivate: item.get("allow_private").isTrue(),
			Volatile:     item.get("volatile").isTrue(),
			Selectors:    selectors(item.get("selectors")),
			MaxPages:     int(item.get("max_pages").numberOr(0)),
			Only:         filter(item.get("only")),
			Except:       filter(item.get("except")),
			Rewrite:      rewriting(item.get("rewrite")),
		}
		if s.ID != "" && !b.once(ids, "source", s.ID, id.at) {
			continue
		}
		if every := item.get("expect").numberOr(0); every > 0 {
			if b.expect == nil {
				b.expect = map[string]time.Duration{}
			}
			b.expect[s.ID] = time.Duration(every)
		}
		s.Language, _ = canonical(item.get("language").string())
		b.wantKnown(item.get("publisher"), "publisher", b.keys)
		if where := s.URL + s.Path; where != "" && !s.Disabled {
			if first, ok := addresses[where]; ok {
				b.add(item.at, fmt.Sprintf("the source %q collects the same as the one %s", s.ID, b.place(first, item.at.file)), "disable or remove one of them")
			}
			addresses[where] = item.at
		}
		if s.Schedule == "" {
			s.Schedule = DefaultSchedule
			if s.Kind == feeds.KindFolder {
				s.Schedule = DefaultFolderSchedule
			}
		}
		s.Rules, s.DefaultCategories = b.placing(item.get("categories"))
		if keywords := item.get("categories").get("keywords"); keywords != nil {
			s.NoKeywords = !keywords.isTrue()
		}
		s.FullText = b.fullText(item, publishers)
		s.RetryAfterHost = item.get("retry_after_scope").string() == "host"
		s.ChangesCorrect = item.get("corrections").string() == "text-changed"
		s.Credentials = b.credentials(item.get("credentials"))
		s.EditionURLs = b.editionURLs(item.get("editions").get("urls"))
		s.EditionsOf = item.get("editions").get("of").string()
		sources = append(sources, s)
	}
	for _, item := range items {
		b.wantEdition(item, sources)
	}
	return sources
}

// path returns the folder of a source, relative to the configuration's own file: in a
// file that is included it is written relative to that one.
func (b *builder) path(v *value) string {
	path := v.string()
	if v == nil || v.at.file == 0 || path == "" || strings.HasPrefix(path, builtinPrefix) || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(b.folders[v.at.file], filepath.FromSlash(path))
}

// credentials returns where a source's secrets are kept.
func (b *builder) credentials(v *value) feeds.Credentials {
	if v == nil {
		return feeds.Credentials{}
	}
	for _, key := range []string{"user", "password", "bearer", "header", "value"} {
		if given := v.get(key); given != nil && given.bad {
			return feeds.Credentials{} // was reported
		}
	}
	name := func(key string) string {
		return strings.TrimSuffix(strings.TrimPrefix(v.get(key).string(), "${"), "}")
	}
	c := feeds.Credentials{
		User: v.get("user").string(), Password: name("password"),
		Bearer: name("bearer"), Header: v.get("header").string(), Value: name("value"),
	}
	b.wantOneSort(c, v)
	return c
}

// wantOneSort reports credentials that are of none of the three sorts, or not of one whole.
func (b *builder) wantOneSort(c feeds.Credentials, v *value) {
	basic, bearer, header := c.User != "" || c.Password != "", c.Bearer != "", c.Header != "" || c.Value != ""
	sorts := 0
	for _, there := range []bool{basic, bearer, header} {
		if there {
			sorts++
		}
	}
	switch {
	case sorts > 1:
		b.add(v.at, "the credentials are of several sorts", "leave one: user and password, bearer, or header and value")
	case sorts == 0 && !v.bad:
		b.add(v.at, "the credentials are empty", "remove them, or add user and password, bearer, or header and value")
	case basic && (c.User == "" || c.Password == ""):
		b.add(v.at, "the credentials lack the user or the password", "add it")
	case header && (c.Header == "" || c.Value == ""):
		b.add(v.at, "the credentials lack the header or its value", "add it")
	}
}

// editionURLs returns the languages by the parts of addresses that tell them.
func (b *builder) editionURLs(v *value) map[string]string {
	var urls map[string]string
	first := places{}
	for _, p := range v.table() {
		tag, f := canonical(p.value.string())
		if f != nil || !b.once(first, "part of addresses", p.key, p.at) {
			continue
		}
		if len(p.key) < 3 || strings.ContainsAny(p.key, " \t") {
			b.add(p.at, fmt.Sprintf("%q is too little to tell addresses apart", p.key), "write it with what stands around it, such as /en/ or lang=en")
			continue
		}
		if urls == nil {
			urls = map[string]string{}
		}
		urls[p.key] = tag
	}
	return urls
}

// wantEdition reports a source that is an edition of none, of itself, or of another
// publisher's.
func (b *builder) wantEdition(item *value, sources []feeds.Source) {
	of := item.get("editions").get("of")
	if of.string() == "" {
		return
	}
	known := make([]word, 0, len(sources))
	for _, s := range sources {
		if s.ID == item.get("id").string() {
			continue
		}
		if s.ID == of.string() && s.Publisher != item.get("publisher").string() {
			b.add(of.at, fmt.Sprintf("the source %q is another publisher's", s.ID), "editions are of one publisher")
			return
		}
		known = append(known, word{text: s.ID})
	}
	b.wantKnown(of, "source", known)
}

func selectors(v *value) feeds.Selectors {
	return feeds.Selectors{
		Item:    v.get("item").string(),
		Link:    v.get("link").string(),
		Title:   v.get("title").string(),
		Date:    v.get("date").string(),
		Summary: v.get("summary").string(),
		Content: v.get("content").string(),
	}
}

// filter returns which entries a source's only or except names.
func filter(v *value) feeds.Filter {
	if v == nil || v.bad {
		return feeds.Filter{}
	}
	if v.form != recordForm {
		return feeds.Filter{Anywhere: texts(v)}
	}
	return feeds.Filter{Title: texts(v.get("title")), Category: texts(v.get("category")), Author: texts(v.get("author"))}
}

// texts returns a list of texts, or the one that stands in its place.
func texts(v *value) (all []string) {
	if v != nil && v.form == textForm {
		return []string{v.text}
	}
	for _, item := range v.list() {
		all = append(all, item.string())
	}
	return all
}

// rewriting returns a source's changes of titles.
func rewriting(v *value) (all []feeds.Rewriting) {
	for _, item := range v.list() {
		all = append(all, feeds.Rewriting{Pattern: item.get("pattern").string(), Replacement: item.get("replacement").string()})
	}
	return all
}

// placing returns a source's rules and default categories.
func (b *builder) placing(v *value) (rules map[string]string, defaults []string) {
	first := places{}
	for _, p := range v.get("map").table() {
		raw := oneLine(p.key)
		if p.value == nil || !b.once(first, "rule for", strings.ToLower(raw), p.at) || !b.wantKnown(p.value, "category", b.terms) {
			continue
		}
		if rules == nil {
			rules = map[string]string{}
		}
		rules[raw] = p.value.text
	}
	given := v.get("default")
	terms := given.list()
	if given != nil && given.form == textForm {
		terms = []*value{given}
	}
	for _, t := range terms {
		if b.wantKnown(t, "category", b.terms) && !slices.Contains(defaults, t.text) {
			defaults = append(defaults, t.text)
		}
	}
	return rules, defaults
}

func (b *builder) fetch(v *value, baseURL string) Fetch {
	f := DefaultFetch()
	f.Contact = v.get("contact").string()
	if f.Contact == "" {
		f.Contact = baseURL
	}
	f.Timeout = time.Duration(v.get("timeout").numberOr(int64(f.Timeout)))
	f.FirstByteTimeout = time.Duration(v.get("first_byte_timeout").numberOr(int64(f.FirstByteTimeout)))
	f.MaxBytes = v.get("max_size").numberOr(f.MaxBytes)
	for _, entry := range v.get("allow_private").list() {
		f.AllowPrivate = append(f.AllowPrivate, entry.string())
	}
	f.HostPause = time.Duration(v.get("host_pause").numberOr(int64(f.HostPause)))
	return f
}

// places remembers where a name stood first.
type places map[string]position

// once reports whether a name is there for the first time; else it is a fault.
func (b *builder) once(first places, what, name string, at position) bool {
	if before, ok := first[name]; ok {
		b.add(at, fmt.Sprintf("the %s %q is there twice, first %s", what, name, b.place(before, at.file)), "remove one of them or choose another name")
		return false
	}
	first[name] = at
	return true
}

// wantKnown reports whether something has a name; else it is a fault.
func (b *builder) wantKnown(v *value, what string, known []word) bool {
	name := v.string()
	if name == "" {
		return false
	}
	if b.partial && what != "category" || slices.ContainsFunc(known, func(w word) bool { return w.text == name }) {
		return true
	}
	hint := "there is none yet: add it"
	if len(known) > 0 {
		hint = didYouMean(name, known, "choose one of ")
	}
	b.add(v.at, fmt.Sprintf("unknown %s %q", what, name), hint)
	return false
}
