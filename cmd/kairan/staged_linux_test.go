package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"database/sql"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/textproto"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the administrator's own way to PostgreSQL

	"github.com/kairan-news/kairan/internal/flow"
	"github.com/kairan-news/kairan/internal/notify"
	"github.com/kairan-news/kairan/internal/pgtest"
	"github.com/kairan-news/kairan/internal/store"
)

// TestAnOperatorMendsStagedFaults stages faults of the real program for an operator who has
// the message, the commands and docs/runbook.md alone. Each story goes as the section of the
// runbook says: the fault is told with its sentence, it is confirmed, mended, and over by
// itself, which is told too. What would take hours is older in the database than it is.
func TestAnOperatorMendsStagedFaults(t *testing.T) {
	t.Parallel()
	slow := map[string]func(*shift){ // these wait for what no database can have be older
		"a receiver's token was changed":   aReceiverFails,
		"PostgreSQL was stopped":           postgreSQLWasStopped,
		"the disk of the database is full": aFullDisk,
	}
	stories := map[string]func(*shift){
		"a typing error in the configuration":         aTypingError,
		"the worker was killed":                       theWorkerWasKilled,
		"a backup was put back and nobody told":       aBackupWasPutBack,
		"a source that could never be read":           aWrongAddress,
		"a folder lost most of its notices":           aFolderWasEmptied,
		"a source is silent since its page has moved": aSilentSource,
		"the certificate of the site expires":         anExpiringCertificate,
		"a cache in front gives old documents":        aStaleCache,
	}
	if !testing.Short() {
		maps.Copy(stories, slow)
	}
	var all sync.WaitGroup // they wait more than they work
	for name, story := range stories {
		all.Go(func() { t.Run(name, func(t *testing.T) { story(newShift(t)) }) })
	}
	all.Wait()
}

// A fault is told once by each way, and once that it is over; meanwhile somebody else hears
// that the service is watched.
func TestEachWayTellsAFaultOnceAndItsEndOnce(t *testing.T) {
	t.Parallel()
	s := newShift(t)
	mailbox := newMailbox(t)
	var beats atomic.Int32
	heart := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { beats.Add(1) }))
	t.Cleanup(heart.Close)
	s.heartbeat = heart.URL + "/beat"
	s.receivers = fmt.Sprintf("    - {name: newsroom, kind: mail, server: %q, security: none, from: kairan@city.example, to: [desk@city.example], gather: 0s}\n", mailbox.address)
	right := s.news("/a", "Bridge")
	s.configure(right)
	s.begins("serve")
	eventually(t, func() bool { return beats.Load() > 0 }, func() string { return "the heartbeat is not heard\n" + s.p.String() })

	s.configure(strings.Replace(right, "publisher: city", "publishr: city", 1))
	s.p.signal(syscall.SIGHUP)
	s.isTold(flow.BadReload, "ticket", "could not be taken up")
	eventually(t, func() bool { return mailbox.count("A configuration could not be taken up") > 0 }, mailbox.String)
	s.p.await(s.p.admin+"/", "showing it where the message leads", holds(`id="`+s.inbox.began(flow.BadReload)[0].Key().Anchor()+`"`))
	s.p.await(s.p.admin+"/ops.atom", "telling it", func(a answer) bool {
		return holds("[TICKET] A configuration could not be taken up")(a) && holds(`<link rel="self" href="http://ops.test.example/ops.atom">`)(a)
	})
	s.configure(right)
	s.does([]string{"reload"}, "")
	s.isOver(flow.BadReload)
	eventually(t, func() bool { return mailbox.count("Subject: [OVER]") > 0 }, mailbox.String)
	s.p.await(s.p.admin+"/ops.atom", "telling its end", holds("[OVER] A configuration could not be taken up"))
	if tickets, ends := mailbox.count("Subject: [TICKET]"), mailbox.count("Subject: [OVER]"); tickets != 1 || ends != 1 {
		t.Errorf("there are %d letters of it and %d of its end:\n%s", tickets, ends, mailbox)
	}
	s.p.await(s.p.admin+"/metrics", "counting what was served", holds("kairan_served_delay_seconds_bucket"))
}

func aTypingError(s *shift) {
	right := s.news("/a", "Bridge")
	s.configure(right)
	s.begins("serve")

	s.configure(strings.Replace(right, "publisher: city", "publishr: city", 1))
	s.p.signal(syscall.SIGHUP)
	s.isTold(flow.BadReload, "ticket", "The changed configuration could not be taken up by serve on ", "the one of before is still at work")
	s.fails([]string{"check"}, "did you mean")
	s.fails([]string{"reload"}, "did you mean")
	s.configure(right)
	s.does([]string{"check"}, "")
	s.does([]string{"reload"}, "Every process reads its configuration at its next beat.")
	s.isOver(flow.BadReload)
}

func theWorkerWasKilled(s *shift) {
	s.storage = pgtest.URL(s)
	s.configure(s.news("/a", "Bridge"))
	web := s.starts("web")
	work := s.starts("work")
	web.await(web.site+"/en/all.rss", "with the first notice", holds("Bridge"))

	work.kill()
	s.older(`UPDATE processes SET beat_ms = beat_ms - 60000 WHERE role = 'work'`)
	s.isTold(flow.WorkerGone, "page", "No process has collected or published for", "is gone.")
	s.fails([]string{"status"}, "1 web", "PAGE", "worker-gone")
	web.await(web.site+"/en/all.rss", "as it was", holds("Bridge"))
	s.starts("work")
	s.isOver(flow.WorkerGone)
}

func postgreSQLWasStopped(s *shift) {
	s.storage = pgtest.URL(s)
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")

	administrator, database := s.administrator()
	s.sql(administrator, `ALTER DATABASE `+database+` ALLOW_CONNECTIONS false`)
	s.sql(administrator, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '`+database+`'`)
	s.isTold(flow.DatabaseAway, "page", "The database has not answered for")
	s.p.await(s.p.site+"/en/all.rss", "as it was", holds("Bridge"))
	s.fails([]string{"status"}, "")
	s.sql(administrator, `ALTER DATABASE `+database+` ALLOW_CONNECTIONS true`)
	s.isOver(flow.DatabaseAway)
}

func aBackupWasPutBack(s *shift) {
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")
	s.does([]string{"backup", filepath.Join(s.folder, "backup.db")}, "")
	s.city.put("/a", rss(0, "Bridge", "Market"))
	s.does([]string{"run", "news", "--wait"}, "")
	s.p.await(s.p.site+"/en/all.rss", "with what the backup lacks", holds("Market"))
	if err := s.p.stop(); err != nil {
		s.Fatal(err)
	}
	for _, suffix := range []string{"-wal", "-shm"} {
		os.Remove(filepath.Join(s.folder, "kairan.db"+suffix)) // it may not be there
	}
	if err := os.Rename(filepath.Join(s.folder, "backup.db"), filepath.Join(s.folder, "kairan.db")); err != nil {
		s.Fatal(err)
	}

	s.p = s.starts("serve")
	s.isTold(flow.RestoreFound, "page", "it was restored from a backup and no new epoch was opened. Publishing has stopped.")
	s.city.put("/a", rss(0, "Bridge", "Market", "Festival"))
	s.does([]string{"run", "news", "--wait"}, "")
	if a := s.p.get(s.p.site + "/en/all.rss"); holds("Festival")(a) {
		s.Errorf("it publishes all the same:\n%s", a.body)
	}
	s.does([]string{"epoch", "--reason", "a drill on the wrong host"}, " of the log goes on from record 1;")
	s.p.await(s.p.site+"/en/all.rss", "published again", holds("Festival"))
	s.isOver(flow.RestoreFound)
}

func aWrongAddress(s *shift) {
	s.city.put("/b", rss(0, "Market"))
	s.configure(s.news("/a", "Bridge") + feedSource("market", s.city.hosts[0], "/wrong"))
	s.begins("serve")
	for range 3 {
		s.fails([]string{"run", "market", "--wait"}, "404")
	}
	s.older(`UPDATE source_states SET seen = json_set(seen, '$.failing.since', '` + time.Now().Add(-2*time.Hour).UTC().Format(time.RFC3339) + `') WHERE id = 'market'`)
	s.isTold(flow.SourceNeverSucceeded, "ticket", "Source market could never be read, in ")
	s.fails([]string{"preview", s.address("/wrong")}, "404")
	s.does([]string{"preview", s.address("/b")}, "Market")
	s.configure(s.news("/a", "Bridge") + feedSource("market", s.city.hosts[0], "/b"))
	s.does([]string{"check"}, "")
	s.does([]string{"reload"}, "")
	s.p.await(s.p.site+"/en/all.rss", "with the other source", holds("Market"))
	s.isOver(flow.SourceNeverSucceeded)
}

func aFolderWasEmptied(s *shift) {
	folder := filepath.Join(s.folder, "notices")
	if err := os.Mkdir(folder, 0o755); err != nil {
		s.Fatal(err)
	}
	var files []string
	for n := range 20 {
		file := filepath.Join(folder, fmt.Sprintf("notice-%d.en.md", n))
		if err := os.WriteFile(file, fmt.Appendf(nil, "---\ntitle: Notice-%d\ncategories: [environment]\n---\nIt is so, and stays so for now.\n", n), 0o600); err != nil {
			s.Fatal(err)
		}
		if err := settle(file, time.Hour); err != nil {
			s.Fatal(err)
		}
		files = append(files, file)
	}
	s.configure("  - {id: news, publisher: city, kind: folder, path: notices}\n")
	s.p = s.starts("serve")
	s.p.await(s.p.site+"/en/all.rss", "filled", holds("Notice-19"))
	for _, file := range files[3:] {
		os.Remove(file)
	}
	s.does([]string{"run", "news", "--wait"}, "")
	s.older(fmt.Sprintf(`UPDATE holds SET since_ms = since_ms - %d`, (25 * time.Hour).Milliseconds()))
	s.isTold(flow.QuarantineForgotten, "ticket", "Source news has been held for 25 hours", "nobody has decided")
	s.does([]string{"sources"}, "held")
	s.p.await(s.p.site+"/en/all.rss", "as it was", holds("Notice-19"))
	s.does([]string{"sources", "release", "news"}, "news is released; its next run does what was held.")
	s.p.await(s.p.site+"/en/all.rss", "without what is gone", func(a answer) bool { return holds("Notice-2")(a) && !holds("Notice-19")(a) })
	s.isOver(flow.QuarantineForgotten)
}

func aSilentSource(s *shift) {
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")
	// It brought something each four hours for eight weeks, until four days ago.
	now := time.Now()
	last := now.Add(-4 * 24 * time.Hour)
	var arrivals []time.Time
	for at := now.Add(-flow.RhythmWindow); at.Before(last); at = at.Add(4 * time.Hour) {
		arrivals = append(arrivals, at)
	}
	s.within(func(db *store.DB) error {
		return db.PutRhythm(s.Context(), "news", flow.Rhythm{}.Learn(arrivals, nil, time.UTC, nil, now))
	})
	s.older(fmt.Sprintf(`UPDATE source_states SET last_new_ms = %d WHERE id = 'news'`, last.UnixMilli()))
	s.isTold(flow.SourceSilent, "ticket", "Source news has brought nothing new for 4 days")
	s.city.put("/moved", rss(0, "Bridge", "Market"))
	s.does([]string{"preview", s.address("/moved")}, "Market")
	s.configure(feedSource("news", s.city.hosts[0], "/moved"))
	s.does([]string{"check"}, "")
	s.does([]string{"reload"}, "")
	s.p.await(s.p.site+"/en/all.rss", "with what is new there", holds("Market"))
	s.isOver(flow.SourceSilent)
}

func aFullDisk(s *shift) {
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")
	s.p.fill()
	s.isTold(flow.DatabaseUnwritable, "page", "The database could not be written for")
	s.p.await(s.p.site+"/en/all.rss", "as it was", holds("Bridge"))
	s.city.put("/a", rss(0, "Bridge", "Market"))
	s.p.free()
	s.isOver(flow.DatabaseUnwritable)
	s.does([]string{"run", "news", "--wait"}, "")
	s.p.await(s.p.site+"/en/all.rss", "going on by itself", holds("Market"))
}

func anExpiringCertificate(s *shift) {
	front := newFront(s, 10*24*time.Hour)
	s.probed = "https://" + front.address
	s.environment = []string{"SSL_CERT_FILE=" + front.authority}
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")
	front.leadTo(s.p.site)
	s.isTold(flow.CertificateExpiring, "ticket", "The certificate of the public address expires in ")
	front.certificate.Store(front.issue(s, 90*24*time.Hour))
	s.isOver(flow.CertificateExpiring)
}

func aStaleCache(s *shift) {
	front := newFront(s, 90*24*time.Hour)
	front.age.Store("3600")
	s.probed = "https://" + front.address
	s.environment = []string{"SSL_CERT_FILE=" + front.authority}
	s.configure(s.news("/a", "Bridge"))
	s.begins("serve")
	front.leadTo(s.p.site)
	s.isTold(flow.ProbeFailing, "page", "answered with an old document", "a cache gave")
	if a := s.p.get(s.p.site + "/en/all.rss"); a.header.Get("Age") != "" {
		s.Errorf("the process's own answer is %s old", a.header.Get("Age"))
	}
	front.age.Store("")
	s.isOver(flow.ProbeFailing)
}

func aReceiverFails(s *shift) {
	token := filepath.Join(s.folder, "newsroom.token")
	give := func(text string) {
		if err := os.WriteFile(token, []byte(text+"\n"), 0o600); err != nil {
			s.Fatal(err)
		}
	}
	newsroom := newInbox(s)
	newsroom.token = "new"
	give("old")
	s.receivers = fmt.Sprintf("    - {name: newsroom, kind: webhook, url: %q, gather: 0s, token_file: newsroom.token}\n", newsroom.url)
	right := s.news("/a", "Bridge")
	s.configure(right)
	s.begins("serve")
	s.configure(strings.Replace(right, "publisher: city", "publishr: city", 1))
	s.p.signal(syscall.SIGHUP) // so that there is something to be told
	s.isTold(flow.BadReload, "ticket", "")
	s.isTold(flow.NotifyFailing, "ticket", "newsroom", "401")
	s.configure(right)
	s.fails([]string{"notify", "test", "newsroom"}, "401")
	give("new")
	s.does([]string{"notify", "test", "newsroom"}, "newsroom: told")
	s.does([]string{"reload"}, "")
	s.isOver(flow.NotifyFailing)
}

// shift is an operator's: a service, and who is told of it.
type shift struct {
	*testing.T
	city        *city
	folder      string
	storage     string   // "" is a file in the folder
	probed      string   // the public address; "" is not asked
	receivers   string   // others than the operator
	heartbeat   string   // who hears that the service is watched; "" is nobody
	environment []string // of the service
	inbox       *inbox
	p           *process
	began       time.Time // when it was begun last
}

func newShift(t *testing.T) *shift {
	t.Helper()
	return &shift{T: t, city: newCity(t, 1), folder: t.TempDir(), inbox: newInbox(t)}
}

// news is a source that has these notices.
func (s *shift) news(path string, titles ...string) string {
	s.city.put(path, rss(0, titles...))
	return feedSource("news", s.city.hosts[0], path)
}

func (s *shift) address(path string) string { return "http://" + s.city.hosts[0] + path }

// configure writes the configuration with these sources.
func (s *shift) configure(sources string) {
	s.Helper()
	text := urgentConfig(sources)
	if s.storage != "" {
		text = strings.Replace(text, "categories:", "storage: "+s.storage+"\ncategories:", 1)
	}
	text += fmt.Sprintf("notify:\n  operators_url: http://ops.test.example\n  receivers:\n    - {name: on-call, kind: webhook, url: %q, gather: 0s}\n%s", s.inbox.url, s.receivers)
	if s.heartbeat != "" {
		text = strings.Replace(text, "notify:\n", fmt.Sprintf("notify:\n  heartbeat: %q\n", s.heartbeat), 1)
	}
	if s.probed != "" {
		text += fmt.Sprintf("probe: {url: %q, every: 10s, allow_private: [127.0.0.0/8]}\n", s.probed)
	}
	if err := os.WriteFile(s.file(), []byte(text), 0o600); err != nil {
		s.Fatal(err)
	}
}

func (s *shift) file() string { return filepath.Join(s.folder, "kairan.yaml") }

// starts starts a process of the service.
func (s *shift) starts(role string) *process {
	s.Helper()
	s.began = time.Now()
	return startAs(s.T, func(args ...string) *exec.Cmd {
		cmd := program(args...)
		cmd.Env = append(cmd.Env, s.environment...)
		return cmd
	}, role, "--config", s.file(), "--data", s.folder)
}

// begins starts the service and has it publish its first notice.
func (s *shift) begins(role string) {
	s.Helper()
	s.p = s.starts(role)
	s.p.await(s.p.site+"/en/all.rss", "with the first notice", holds("Bridge"))
}

// kairan is what the operator types.
func (s *shift) kairan(args ...string) (string, error) {
	switch args[0] {
	case "preview":
		args = append(args, "--allow-private")
	case "check":
		args = append(args, "--config", s.file())
	default:
		args = append(args, "--config", s.file(), "--data", s.folder)
	}
	out, err := program(args...).CombinedOutput()
	return string(out), err
}

// does types what is to succeed.
func (s *shift) does(args []string, says ...string) {
	s.Helper()
	if out, err := s.kairan(args...); err != nil || !hasAll(out, says) {
		s.Fatalf("kairan %s: %v, want %q\n%s", strings.Join(args, " "), err, says, out)
	}
}

// fails types what is to fail, and say why.
func (s *shift) fails(args []string, says ...string) {
	s.Helper()
	if out, err := s.kairan(args...); err == nil || !hasAll(out, says) {
		s.Fatalf("kairan %s: %v, want %q\n%s", strings.Join(args, " "), err, says, out)
	}
}

func hasAll(text string, parts []string) bool {
	for _, part := range parts {
		if !strings.Contains(text, part) {
			return false
		}
	}
	return true
}

// isTold waits until somebody is told of a fault, once, in words that help.
func (s *shift) isTold(kind flow.Kind, urgency string, says ...string) {
	s.Helper()
	var told []notify.Incident
	looks := 0
	eventually(s.T, func() bool {
		if looks++; looks%20 == 0 && len(s.inbox.began("")) > 0 { // who was told just now is left alone for a while
			s.older(`UPDATE tellings SET told_ms = told_ms - 30000 WHERE told_ms > 0`)
		}
		told = s.inbox.began(kind)
		return len(told) > 0
	}, func() string { return fmt.Sprintf("nobody is told of %s; told was\n%s\n%s", kind, s.inbox, s.p) })
	i := told[0]
	s.Logf("told after %v: %s: %s", time.Since(s.began).Round(time.Second), i.Title, i.What)
	if len(told) != 1 || string(i.Urgency) != urgency || !hasAll(i.What, says) {
		s.Errorf("told is %d times, as a %s: %s; want a %s with %q", len(told), i.Urgency, i.What, urgency, says)
	}
	if i.Readers == "" || i.Do == "" || !strings.HasSuffix(i.Runbook, "#"+string(kind)) || !strings.HasPrefix(i.Page, "http://ops.test.example/") {
		s.Errorf("told is what helps nobody: %+v", i)
	}
}

// isOver waits until somebody is told, once, that a fault is over. While it waits time passes
// in the database.
func (s *shift) isOver(kind flow.Kind) {
	s.Helper()
	began := time.Now()
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	deadline := time.Now().Add(5 * time.Minute)
	for len(s.inbox.over(kind)) == 0 {
		if time.Now().After(deadline) {
			s.Fatalf("%s is never over; told was\n%s", kind, s.inbox)
		}
		s.older(fmt.Sprintf(`UPDATE incidents SET seen_ms = %d WHERE resolved_ms = 0 AND kind = '%s'`, time.Now().Add(-35*time.Minute).UnixMilli(), kind),
			`UPDATE tellings SET told_ms = told_ms - 30000 WHERE told_ms > 0`)
		<-tick.C
	}
	s.Logf("over after %v", time.Since(began).Round(time.Second))
	if began, over := len(s.inbox.began(kind)), len(s.inbox.over(kind)); began != 1 || over != 1 {
		s.Errorf("%s is told %d times and over %d times:\n%s", kind, began, over, s.inbox)
	}
}

// within does something in the database.
func (s *shift) within(do func(*store.DB) error) {
	s.Helper()
	address := s.storage
	if address == "" {
		address = "sqlite:" + filepath.Join(s.folder, "kairan.db")
	}
	db, err := store.Open(s.Context(), address)
	if err == nil {
		defer db.Close()
		err = do(db)
	}
	if err != nil {
		s.Log(err) // it may be away, or busy: who waits for it looks again
	}
}

// older has what is in the database be older.
func (s *shift) older(statements ...string) {
	s.Helper()
	s.within(func(db *store.DB) error {
		for _, statement := range statements {
			if _, err := db.Writer().ExecContext(s.Context(), statement); err != nil {
				return fmt.Errorf("%s: %w", statement, err)
			}
		}
		return nil
	})
}

// administrator is PostgreSQL's, and which database is ours.
func (s *shift) administrator() (db *sql.DB, database string) {
	s.Helper()
	u, err := url.Parse(s.storage)
	if err != nil {
		s.Fatal(err)
	}
	database = strings.TrimPrefix(u.Path, "/")
	u.Path = "/postgres"
	if db, err = sql.Open("pgx", u.String()); err != nil {
		s.Fatal(err)
	}
	s.Cleanup(func() { db.Close() })
	return db, database
}

func (s *shift) sql(db *sql.DB, statement string) {
	s.Helper()
	if _, err := db.ExecContext(s.Context(), statement); err != nil {
		s.Fatalf("%s: %v", statement, err)
	}
}

// String is the end of what the process printed.
func (p *process) String() string {
	if p == nil {
		return ""
	}
	out := p.output()
	return out[max(0, len(out)-4000):]
}

// inbox is what somebody was told.
type inbox struct {
	url   string
	token string // who brings another is refused; "" lets anybody in

	mu  sync.Mutex
	all []notify.Body
}

func newInbox(t testing.TB) *inbox {
	t.Helper()
	in := &inbox{}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if in.token != "" && r.Header.Get("Authorization") != "Bearer "+in.token {
			http.Error(w, "who are you?", http.StatusUnauthorized)
			return
		}
		var body notify.Body
		if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
		in.mu.Lock()
		defer in.mu.Unlock()
		in.all = append(in.all, body)
	}))
	t.Cleanup(server.Close)
	in.url = server.URL + "/"
	return in
}

// began are the incidents of a kind, of any where it is "", of which it was told that they began.
func (in *inbox) began(kind flow.Kind) []notify.Incident {
	return in.of(kind, func(b notify.Body) []notify.Incident { return b.Began })
}

func (in *inbox) over(kind flow.Kind) []notify.Incident {
	return in.of(kind, func(b notify.Body) []notify.Incident { return b.Over })
}

func (in *inbox) of(kind flow.Kind, part func(notify.Body) []notify.Incident) (all []notify.Incident) {
	in.mu.Lock()
	defer in.mu.Unlock()
	for _, b := range in.all {
		for _, i := range part(b) {
			if i.Kind == kind || kind == "" {
				all = append(all, i)
			}
		}
	}
	return all
}

func (in *inbox) String() string {
	in.mu.Lock()
	defer in.mu.Unlock()
	var text strings.Builder
	for _, b := range in.all {
		fmt.Fprintf(&text, "%s\n%s\n", b.Subject, b.Text)
	}
	return text.String()
}

// mailbox is a mail server that takes every letter (RFC 5321), for who needs no more.
type mailbox struct {
	address string

	mu      sync.Mutex
	letters []string
}

func newMailbox(t *testing.T) *mailbox {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	m := &mailbox{address: l.Addr().String()}
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			go m.take(conn)
		}
	}()
	return m
}

// take takes what one connection brings.
func (m *mailbox) take(conn net.Conn) {
	defer conn.Close()
	lines := textproto.NewConn(conn)
	_ = lines.PrintfLine("220 mailbox")
	for {
		command, err := lines.ReadLine()
		if err != nil {
			return
		}
		switch verb, _, _ := strings.Cut(strings.ToUpper(command), " "); verb {
		case "DATA":
			_ = lines.PrintfLine("354 go on")
			letter, err := lines.ReadDotLines()
			if err != nil {
				return
			}
			m.mu.Lock()
			m.letters = append(m.letters, strings.Join(letter, "\n"))
			m.mu.Unlock()
			_ = lines.PrintfLine("250 taken")
		case "QUIT":
			_ = lines.PrintfLine("221 goodbye")
			return
		default:
			_ = lines.PrintfLine("250 well")
		}
	}
}

// count is how many letters say something.
func (m *mailbox) count(text string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, letter := range m.letters {
		if strings.Contains(letter, text) {
			n++
		}
	}
	return n
}

func (m *mailbox) String() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return strings.Join(m.letters, "\n\n")
}

// front is the web server or the CDN in front of the service, with a certificate.
type front struct {
	address     string
	authority   string // the file of who issues the certificates
	certificate atomic.Pointer[tls.Certificate]
	age         atomic.Value // of what it answers with, in seconds; "" is fresh

	to   atomic.Pointer[httputil.ReverseProxy]
	root *x509.Certificate
	key  *ecdsa.PrivateKey
}

func newFront(s *shift, lasts time.Duration) *front {
	s.Helper()
	f := &front{authority: filepath.Join(s.folder, "authority.pem")}
	f.age.Store("")
	var err error
	if f.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		s.Fatal(err)
	}
	self := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(365 * 24 * time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, self, self, &f.key.PublicKey, f.key)
	if err != nil {
		s.Fatal(err)
	}
	if f.root, err = x509.ParseCertificate(der); err != nil {
		s.Fatal(err)
	}
	if err := os.WriteFile(f.authority, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}), 0o600); err != nil {
		s.Fatal(err)
	}
	f.certificate.Store(f.issue(s, lasts))

	l, err := tls.Listen("tcp", "127.0.0.1:0", &tls.Config{GetCertificate: func(*tls.ClientHelloInfo) (*tls.Certificate, error) { return f.certificate.Load(), nil }})
	if err != nil {
		s.Fatal(err)
	}
	f.address = l.Addr().String()
	server := &http.Server{Handler: http.HandlerFunc(f.serve)}
	server.SetKeepAlivesEnabled(false)
	go server.Serve(l) // ends when the listener is closed
	s.Cleanup(func() { server.Close() })
	return f
}

// issue makes a certificate that lasts for so long.
func (f *front) issue(s *shift, lasts time.Duration) *tls.Certificate {
	s.Helper()
	leaf := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "127.0.0.1"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(lasts), KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, leaf, f.root, &f.key.PublicKey, f.key)
	if err != nil {
		s.Fatal(err)
	}
	return &tls.Certificate{Certificate: [][]byte{der}, PrivateKey: f.key}
}

func (f *front) leadTo(site string) {
	to, err := url.Parse(site)
	if err != nil {
		panic(err) // the program said it
	}
	f.to.Store(httputil.NewSingleHostReverseProxy(to))
}

func (f *front) serve(w http.ResponseWriter, r *http.Request) {
	to := f.to.Load()
	if to == nil {
		http.Error(w, "there is no site yet", http.StatusServiceUnavailable)
		return
	}
	if age, _ := f.age.Load().(string); age != "" {
		w.Header().Set("Age", age)
	}
	to.ServeHTTP(w, r)
}
