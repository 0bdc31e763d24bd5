package main

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/kairan-news/kairan/feeds"
	"github.com/kairan-news/kairan/internal/builtin"
	"github.com/kairan-news/kairan/internal/config"
	"github.com/kairan-news/kairan/internal/fetch"
	"github.com/kairan-news/kairan/internal/normalize"
	"github.com/kairan-news/kairan/internal/publish"
	"github.com/kairan-news/kairan/internal/source"
	"github.com/kairan-news/kairan/internal/store"
	"github.com/kairan-news/kairan/internal/tracing"
	"github.com/kairan-news/kairan/internal/watch"
	"github.com/kairan-news/kairan/internal/web"
	"github.com/kairan-news/kairan/jobs"
	"github.com/kairan-news/kairan/locales"
)

// builtinName is what errors call the configuration within the program.
const builtinName = "built-in configuration"

// setup is a configuration that was read, with the words that it needs. It does
// not change; a reload makes another one.
type setup struct {
	name   string
	config *config.Config
	bundle *locales.Bundle
	// listen is where the process serves the site; "" where it does not, or by a socket.
	listen string
	// words tell this setup's documents from those of another configuration, bundle or
	// program; known once it is settled.
	words string
	// digest tells it from other configurations, whatever they differ in; known once it is
	// settled.
	digest string
	// watched is it as far as it matters to who watches.
	watched func() watch.Plan
	tracer  *tracing.Tracer // nil traces nothing
	loaded  time.Time       // when it was read
}

// load reads the configuration that the flags name, else the built-in one. The
// built-in one has no public address of its own: it takes the one that the site
// listens at, here or in another process; see [setup.settle].
func (f *flags) load(listen string) (*setup, error) {
	name, data := builtinName, builtin.Config()
	if f.config != "" {
		var err error
		if data, err = readConfiguration(f.config); errors.Is(err, fs.ErrNotExist) {
			return nil, fmt.Errorf("read the configuration: %w; \"kairan init\" writes one to start from", err)
		} else if err != nil {
			return nil, fmt.Errorf("read the configuration: %w; --config names a file", err)
		}
		name = f.config
	}
	c, bundle, faults := checkConfiguration(name, data)
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	if strings.HasPrefix(listen, unixPrefix) {
		listen = "" // readers reach it by another address, which this process does not know
	}
	if f.config == "" && listen != "" {
		c.Site.BaseURL = localURL(listen)
	}
	c.Site.SecureHosts = feeds.SecureHosts(c.Sources)
	s := &setup{name: name, config: c, bundle: bundle, listen: listen, loaded: time.Now()}
	s.watched = sync.OnceValue(func() watch.Plan { return s.watch(f.offline) })
	return s, nil
}

// warn logs what is wrong with the configuration and does no harm yet.
func (s *setup) warn(log *slog.Logger) {
	for _, w := range s.config.Warnings {
		log.Warn("the configuration has something to look at", "at", w.Place(), "what", w.What, "hint", w.Hint)
	}
}

// servedKey is where the store keeps where the built-in site was served last.
const servedKey = "site.served"

// settle completes the setup by what the database knows: it gives the built-in
// configuration the address at which the site is served, also where another process serves it: what "kairan work" and "kairan collect"
// publish beside it is to name the same one. And it gives the site the time zones of
// publishers that have left the configuration, the end of the log that was written for
// narrower chains, and the hosts that answer by https.
func (s *setup) settle(ctx context.Context, db *store.DB) (err error) {
	if err := s.settleAddress(ctx, db); err != nil {
		return err
	}
	if err := s.settleZones(ctx, db); err != nil {
		return err
	}
	if s.config.Site.NarrowUntil, err = db.NarrowUntil(ctx); err != nil {
		return err
	}
	if err := s.settleSecure(ctx, db); err != nil {
		return err
	}
	if s.words, err = s.fingerprint(); err != nil {
		return err
	}
	s.digest, err = s.planDigest()
	return err
}

func (s *setup) settleZones(ctx context.Context, db *store.DB) error {
	name, body, err := db.LastSite(ctx)
	if err != nil || name == "" {
		return err
	}
	s.config.Site.FormerZones, err = publish.FormerZones(body, &s.config.Site)
	return err
}

func (s *setup) settleAddress(ctx context.Context, db *store.DB) error {
	if s.name != builtinName {
		return nil
	}
	served, err := db.Meta(ctx, servedKey)
	switch site := &s.config.Site; {
	case err != nil:
		return fmt.Errorf("find out where the site is served: %w", err)
	case s.listen == "":
		site.BaseURL = cmp.Or(served, site.BaseURL)
	case served != site.BaseURL:
		err := db.SetMeta(ctx, servedKey, site.BaseURL)
		// A database that can't be written is no reason not to serve what it holds. The
		// address is then kept at the next start.
		if _, unwritable := errors.AsType[*store.Unwritable](err); err != nil && !unwritable {
			return fmt.Errorf("keep where the site is served: %w", err)
		}
	}
	return nil
}

func (s *setup) hasSource(id string) bool {
	_, ok := s.config.Source(id)
	return ok
}

// feedTTL is how long programs that obey RSS's ttl wait before they ask again. They
// must not learn of an evacuation much later than others, and asking costs little.
const feedTTL = 5 * time.Minute

// composer returns what composes this setup's channels from the log.
func (s *setup) composer(db *store.DB) *publish.Composer {
	c := s.composing()
	c.Read = publish.At(db.Snapshot)
	return c
}

// composing returns by what a composer composes, without the log.
func (s *setup) composing() *publish.Composer {
	return &publish.Composer{Site: &s.config.Site, Bundle: s.bundle, Sources: s.config.Sources, TTL: feedTTL, Step: stepsOf(s.tracer)}
}

// plan returns the plan by which jobs work on this setup.
func (s *setup) plan(db *store.DB, offline bool) (*jobs.Plan, error) {
	rules, err := s.rulesFingerprint()
	if err != nil {
		return nil, err
	}
	secure := &jobs.SecureHosts{}
	fetching := s.fetchConfig()
	fetching.Secure = secure.Saw
	certificates := &jobs.Certificates{}
	fetching.Certificate = certificates.Saw
	client := fetch.New(fetching)
	planned := make([]jobs.Planned, 0, len(s.config.Sources))
	schedules := s.config.Schedules()
	for i := range s.config.Sources {
		src := &s.config.Sources[i]
		if src.Kind == feeds.KindFolder {
			resolved := *src
			resolved.Path = s.config.Folder(resolved)
			src = &resolved
		}
		choice, err := normalize.ChoiceOf(src)
		if err != nil {
			return nil, fmt.Errorf("source %s: %w", src.ID, err)
		}
		planned = append(planned, jobs.Planned{Source: src, Schedule: schedules[i], Choice: choice})
	}
	return jobs.NewPlan(jobs.Plan{
		Site: &s.config.Site,
		Collector: &source.Collector{
			Client:          client,
			Robots:          fetch.NewRobots(client),
			Pause:           s.config.Fetch.HostPause,
			OpenFolder:      openFolder,
			Tags:            s.tags(),
			Secret:          secretFromEnvironment,
			RelatedHeadings: slices.Concat(s.bundle.Labels("entry.related")["entry.related"], []string{"Recommended for You"}),
		},
		Secure: secure,

		Certificates: certificates,
		Quiet:        s.quiet,

		Probe:       s.prober(db, offline),
		Mapper:      s.mapper(),
		Publisher:   &publish.Publisher{Composer: s.composer(db), Store: db, Relate: publish.NewRecommender(db).Relate},
		Pause:       s.config.Fetch.HostPause,
		Fingerprint: s.words,
		Look:        web.Look(settingsOf(s)),

		RulesFingerprint: rules,
	}, planned, offline), nil
}

// tags are the locales whose tags tell more than a language, or a script of one.
func (s *setup) tags() (tags []string) {
	for _, l := range s.config.Site.Locales {
		if strings.Contains(l.Tag, "-") {
			tags = append(tags, l.Tag)
		}
	}
	return tags
}

// mapper returns what finds the categories of articles.
func (s *setup) mapper() *normalize.Mapper {
	return normalize.NewMapper(s.config.Site.Categories, s.bundle.Labels("category."), s.keywords())
}

// keywords returns the words by which each language calls the categories.
func (s *setup) keywords() map[string]map[string][]string {
	words := map[string]map[string][]string{}
	for _, tag := range s.bundle.Tags() {
		words[tag] = s.bundle.Keywords(tag)
	}
	return words
}

func (s *setup) fetchConfig() fetch.Config {
	return fetch.Config{
		UserAgent:        fmt.Sprintf("Kairan/%s (+%s)", version(), s.contact()),
		Timeout:          s.config.Fetch.Timeout,
		FirstByteTimeout: s.config.Fetch.FirstByteTimeout,
		MaxBytes:         s.config.Fetch.MaxBytes,
		AllowedNetworks:  s.config.Fetch.AllowPrivate,
		Around:           aroundFetches(s.tracer),
		Gate:             fetch.NewHostGate(), // article pages and redirects may lead to any host
	}
}

// contact is where a publisher finds out who visits it.
func (s *setup) contact() string {
	if s.config.Fetch.Contact != "" {
		return s.config.Fetch.Contact
	}
	return s.config.Site.BaseURL
}

// openFolder opens a folder of the file system, or the samples in the program.
func openFolder(path string) (fs.FS, error) {
	if name, ok := strings.CutPrefix(path, "builtin:"); ok {
		if name != "samples" {
			return nil, fmt.Errorf("the program has no folder %q; it has \"builtin:samples\"", path)
		}
		return builtin.Samples(), nil
	}
	return source.OpenFolder(path)
}

// fingerprint tells setups and programs apart that publish different documents
// from the same data.
func (s *setup) fingerprint() (string, error) {
	composer, site := s.composing(), s.config.Site
	site.NarrowUntil = 0 // the database says it, of every process alike
	composer.Site = &site
	composed, err := composer.Configuration()
	if err != nil {
		return "", fmt.Errorf("fingerprint of the site: %w", err)
	}
	program, err := thisBuild()
	if err != nil {
		return "", fmt.Errorf("fingerprint of the site: %w", err)
	}
	hash := sha256.New()
	fmt.Fprintf(hash, "%s\x00%s\x00%s", program, composed, s.bundle.Digest())
	return hex.EncodeToString(hash.Sum(nil)), nil
}

// rulesFingerprint tells setups apart that file articles in other categories.
func (s *setup) rulesFingerprint() (string, error) {
	type rule struct {
		ID       string
		Rules    map[string]string
		Defaults []string
		Keywords bool
	}
	var rules []rule
	for _, source := range s.config.Sources {
		rules = append(rules, rule{source.ID, source.Rules, source.DefaultCategories, !source.NoKeywords})
	}
	data, err := json.Marshal([]any{rules, s.config.Site.Categories, s.bundle.Labels("category."), s.keywords()})
	if err != nil {
		return "", fmt.Errorf("fingerprint of the rules: %w", err)
	}
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:]), nil
}
