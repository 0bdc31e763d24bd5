package main

import (
	"database/sql"
	"errors"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pressly/goose/v3"
	"golang.org/x/sys/unix"

	"github.com/kairan-news/kairan/feeds"
)

// A full disk is played by a limit of the size that files may have, which needs no right:
// what would make a file grow beyond it fails, as it does where there is no room. The
// system names another error, so that the text is not the one of a full disk.

// limited is the command of a program whose files may not grow, until they are let.
func limited(args ...string) *exec.Cmd {
	cmd := exec.Command("/bin/sh", append([]string{"-c", `ulimit -S -f 0 && exec "$0" "$@"`, os.Args[0]}, args...)...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// limit sets how large the files of the program may become, in bytes.
func (p *process) limit(bytes uint64) {
	p.t.Helper()
	all := unix.Rlimit{Cur: bytes, Max: unix.RLIM_INFINITY}
	if err := unix.Prlimit(p.cmd.Process.Pid, unix.RLIMIT_FSIZE, &all, nil); err != nil {
		p.t.Fatal(err)
	}
}

// fill leaves the program no room, and free gives it back.
func (p *process) fill() { p.t.Helper(); p.limit(0) }
func (p *process) free() { p.t.Helper(); p.limit(unix.RLIM_INFINITY) }

// runLimited runs a command whose files may not grow to its end. It must fail, soon.
func runLimited(t *testing.T, args ...string) (told string) {
	t.Helper()
	cmd := limited(args...)
	watch := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer watch.Stop()
	out, err := cmd.CombinedOutput()
	exit, ok := errors.AsType[*exec.ExitError](err)
	if !ok || exit.ExitCode() != 1 {
		t.Errorf("kairan %s ended with %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

// oneCity is a configuration with one source, and what answers there.
func oneCity(t *testing.T, titles ...string) (c *city, config, data string) {
	t.Helper()
	c = newCity(t, 1)
	c.put("/a", rss(0, titles...))
	return c, write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a"))), t.TempDir()
}

// collected has a database with a source's notices, published, at whose files nobody works.
func collected(t *testing.T, config, data string) {
	t.Helper()
	if status := run([]string{"collect", "--config", config, "--data", data}, strings.NewReader(""), &strings.Builder{}, os.Stderr); status != 0 {
		t.Fatalf("collect ended with status %d", status)
	}
}

func is(status int) func(answer) bool { return func(a answer) bool { return a.status == status } }

// wantToldOnce wants one line of the log that is an error, and that is of the disk.
func (p *process) wantToldOnce() {
	p.t.Helper()
	if n := strings.Count(p.output(), "level=ERROR msg=\"the sweep fails"); n != 1 {
		p.t.Errorf("the log tells it %d times", n)
	}
	if n := strings.Count(p.output(), "level=ERROR"); n > 4 { // of River before it is known
		p.t.Errorf("the log has %d errors", n)
	}
	if p.t.Failed() {
		p.t.Log(p.output())
	}
}

func TestServeStartsOnAFullDiskAndGoesOnByItself(t *testing.T) {
	t.Parallel()
	c, config, data := oneCity(t, "Bridge")
	collected(t, config, data)
	// A source whose address is another is due at once.
	c.put("/b", rss(0, "Market", "Bridge"))
	config = write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/b")))
	before := c.total()

	p := startAs(t, limited, "serve", "--config", config, "--data", data)
	p.await(p.site+"/en/all.rss", "with what is there", holds("Bridge"))
	p.await(p.site+"/en/", "a page", holds("Bridge"))
	p.await(p.admin+"/healthz", "well", is(http.StatusOK))
	p.await(p.admin+"/readyz", "saying what is wrong", func(a answer) bool {
		return a.status == http.StatusOK && strings.HasPrefix(a.body, "ready\n") &&
			strings.Contains(a.body, filepath.Join(data, "kairan.db")) && strings.Contains(a.body, "disk is not full")
	})
	p.await(p.admin+"/", "saying what is wrong", holds("disk is not full"))
	p.await(p.admin+"/metrics", "saying so", holds("kairan_database_writable 0"))
	if n := c.total() - before; n != 0 {
		t.Errorf("sources were visited %d times for nothing", n)
	}

	p.free()
	p.await(p.site+"/en/all.rss", "with what came later", holds("Market"))
	p.await(p.admin+"/readyz", "ready alone", func(a answer) bool { return a.body == "ready\n" })
	p.await(p.admin+"/metrics", "saying so", holds("kairan_database_writable 1"))
	if err := p.stop(); err != nil {
		t.Errorf("ended with %v", err)
	}
	p.wantToldOnce()
}

func TestADiskThatFillsWhileServing(t *testing.T) {
	t.Parallel()
	c := newCity(t, 2)
	full := make(chan struct{})
	c.put("/a", rss(0, "Bridge"))
	c.put("/b", func(w http.ResponseWriter, r *http.Request) {
		<-full
		rss(0, "Market")(w, r)
	})
	config := write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/a")+feedSource("b", c.hosts[1], "/b")))
	p := start(t, "serve", "--config", config, "--data", t.TempDir())
	p.await(p.site+"/en/all.rss", "with the first notice", holds("Bridge"))
	p.fill()
	close(full)
	p.await(p.admin+"/readyz", "saying what is wrong", func(a answer) bool {
		return a.status == http.StatusOK && strings.Contains(a.body, "kairan.db")
	})
	p.await(p.site+"/en/all.rss", "as it was", holds("Bridge"))
	p.await(p.site+"/en/", "as it was", holds("Bridge"))
	p.await(p.admin+"/source/b", "never visited with success", func(a answer) bool { return a.status == http.StatusOK && !strings.Contains(a.body, ">ok<") })
	p.free()
	p.await(p.site+"/en/all.rss", "with what came in vain at first", holds("Market"))
	p.wantToldOnce()

	// It ends, too, where it can't write that it does.
	p.fill()
	p.await(p.admin+"/readyz", "saying what is wrong", holds("kairan.db"))
	if err := p.stop(); err != nil {
		t.Errorf("ended with %v\n%s", err, p.output())
	}
}

func TestWorkIsNotReadyOnAFullDisk(t *testing.T) {
	t.Parallel()
	_, config, data := oneCity(t, "Bridge")
	p := start(t, "work", "--config", config, "--data", data)
	p.await(p.admin+"/readyz", "ready", is(http.StatusOK))
	p.fill()
	p.await(p.admin+"/readyz", "saying what is wrong", func(a answer) bool {
		return a.status == http.StatusServiceUnavailable && strings.Contains(a.body, "kairan.db")
	})
	p.free()
	p.await(p.admin+"/readyz", "ready again", is(http.StatusOK))
}

func TestWebStartsOnAFullDisk(t *testing.T) {
	t.Parallel()
	_, config, data := oneCity(t, "Bridge")
	collected(t, config, data)
	p := startAs(t, limited, "web", "--config", config, "--data", data)
	p.await(p.site+"/en/all.rss", "with what is there", holds("Bridge"))
	p.await(p.admin+"/readyz", "saying what is wrong", holds("disk is not full"))
	p.free()
	p.await(p.admin+"/readyz", "ready alone", func(a answer) bool { return a.body == "ready\n" })
}

// older gives a database, at whose files nobody works, the schema of an older version.
func older(t *testing.T, data string, version int64) {
	t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(data, "kairan.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	written := goose.NewGoMigration(15, nil, nil) // in Go, and leaves nothing to be taken back
	provider, err := goose.NewProvider(goose.DialectSQLite3, db, os.DirFS(filepath.Join("..", "..", "internal", "store", "migrations", "sqlite")),
		goose.WithDisableGlobalRegistry(true), goose.WithGoMigrations(written))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := provider.DownTo(t.Context(), version); err != nil {
		t.Fatal(err)
	}
}

func TestADatabaseThatHasNoRoomForItsSchemaIsServed(t *testing.T) {
	t.Parallel()
	for _, command := range []string{"serve", "web"} {
		t.Run(command, func(t *testing.T) {
			c, config, data := oneCity(t, "Bridge")
			collected(t, config, data)
			older(t, data, 11)
			c.put("/b", rss(0, "Market", "Bridge"))
			config = write(t, "kairan.yaml", urgentConfig(feedSource("a", c.hosts[0], "/b"))) // due at once
			p := startAs(t, limited, command, "--config", config, "--data", data)
			p.await(p.site+"/en/all.rss", "with what is there", holds("Bridge"))
			page := p.await(p.site+"/en/", "a page", holds("Bridge"))
			link := regexp.MustCompile(`/en/n/[0-9a-f-]+`).FindString(page.body)
			p.await(p.site+link, "the notice", holds("Bridge"))
			p.await(p.site+feeds.FilePath(feeds.FileDigest(nil), "plan.pdf"), "not there", is(http.StatusNotFound))
			p.await(p.admin+"/", "saying what is wrong", holds("disk is not full"))
			p.await(p.admin+"/metrics", "saying so", holds("kairan_database_writable 0"))

			p.free()
			p.await(p.admin+"/readyz", "ready alone", func(a answer) bool { return a.body == "ready\n" })
			if command == "serve" {
				p.await(p.site+"/en/all.rss", "with what came later", holds("Market"))
			}
			if err := p.stop(); err != nil {
				t.Errorf("ended with %v\n%s", err, p.output())
			}
		})
	}
}

// What a process left in the log that was killed is in a copy of its files, too, and is read
// where no index can be made beside them.
func TestWebReadsTheLogOfACopyThatCannotBeWritten(t *testing.T) {
	t.Parallel()
	_, config, data := oneCity(t, "Bridge")
	work := start(t, "work", "--config", config, "--data", data)
	copied := t.TempDir()
	eventually(t, func() bool {
		collected(t, config, data) // beside another, so that the log stays
		for _, name := range []string{"kairan.db", "kairan.db-wal"} {
			body, err := os.ReadFile(filepath.Join(data, name))
			if err != nil || len(body) == 0 {
				return false
			}
			if err := os.WriteFile(filepath.Join(copied, name), body, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		return true
	}, work.output)
	p := startAs(t, limited, "web", "--config", config, "--data", copied)
	p.await(p.site+"/en/all.rss", "with what is in the log", holds("Bridge"))
	p.await(p.site+"/en/", "a page", holds("Bridge"))
	p.await(p.admin+"/readyz", "saying what is wrong", holds("readers are served what it holds"))
	if info, err := os.Stat(filepath.Join(copied, "kairan.db-shm")); err == nil && info.Size() > 0 {
		t.Error("an index could be made")
	}
}

func TestCommandsEndOnAFullDisk(t *testing.T) {
	t.Parallel()
	c, config, data := oneCity(t, "Bridge")
	collected(t, config, data)
	c.put("/a", rss(0, "Market", "Bridge"))
	place := []string{"--config", config, "--data", data}
	for _, command := range [][]string{{"collect"}, {"collect", "a"}, {"collect", "--no-publish", "--json"}, {"sources", "resume", "a"}} {
		told := runLimited(t, append(command, place...)...)
		if !strings.Contains(told, filepath.Join(data, "kairan.db")) || !strings.Contains(told, "disk is not full") || !strings.Contains(told, "nothing that was stored is lost") {
			t.Errorf("kairan %s does not say where and what to do:\n%s", strings.Join(command, " "), told)
		}
		if strings.Contains(told, `"ok"`) || strings.Contains(told, " ok ") {
			t.Errorf("kairan %s tells a visit as well:\n%s", strings.Join(command, " "), told)
		}
	}
	for command, says := range map[string]string{"collect": "1", "sources": "ok"} {
		out := &strings.Builder{}
		if status := run(append([]string{command}, place...), strings.NewReader(""), out, os.Stderr); status != 0 || !strings.Contains(out.String(), says) {
			t.Errorf("kairan %s, when there is room, ended with %d\n%s", command, status, out)
		}
	}

	out, err := limited(append([]string{"status"}, place...)...).CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != int(statusPages) || !strings.HasPrefix(string(out), "STOPPED") || !strings.Contains(string(out), "disk is not full") {
		t.Errorf("kairan status ended with %v\n%s", err, out)
	}

	t.Run("export", func(t *testing.T) {
		target := filepath.Join(t.TempDir(), "site")
		if told := runLimited(t, append([]string{"export", target}, place...)...); !strings.Contains(told, target) {
			t.Errorf("it does not say where:\n%s", told)
		}
		err := filepath.WalkDir(target, func(path string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				if info, err := d.Info(); err != nil || info.Size() > 0 || strings.HasPrefix(d.Name(), ".") {
					t.Errorf("%s is left, %v", path, err)
				}
			}
			return err
		})
		if err != nil {
			t.Error(err)
		}
	})
	t.Run("a database that is not there yet", func(t *testing.T) {
		told := runLimited(t, "collect", "--config", config, "--data", filepath.Join(t.TempDir(), "new"))
		if !strings.Contains(told, "new/kairan.db") {
			t.Errorf("it does not say where:\n%s", told)
		}
	})
	t.Run("init", func(t *testing.T) {
		file := filepath.Join(t.TempDir(), "kairan.yaml")
		runLimited(t, "init", file)
		if _, err := os.Stat(file); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("a part of the file is left: %v", err)
		}
		if err := os.WriteFile(file, []byte("mine"), 0o600); err != nil {
			t.Fatal(err)
		}
		runLimited(t, "init", "--force", file)
		if text, err := os.ReadFile(file); string(text) != "mine" {
			t.Errorf("the file that was there is lost: %q, %v", text, err)
		}
	})
}

// TestCollectEndsWhenTheDiskFills has the disk fill while sources are visited.
func TestCollectEndsWhenTheDiskFills(t *testing.T) {
	t.Parallel()
	c, config, data := oneCity(t, "Bridge")
	collected(t, config, data)
	asked, full := make(chan struct{}, 100), make(chan struct{})
	c.put("/a", func(w http.ResponseWriter, r *http.Request) {
		asked <- struct{}{}
		<-full
		rss(0, "Market", "Bridge")(w, r)
	})
	cmd := program("collect", "--config", config, "--data", data)
	var told strings.Builder
	cmd.Stdout, cmd.Stderr = &told, &told
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	<-asked
	(&process{t: t, cmd: cmd}).fill()
	close(full)
	watch := time.AfterFunc(time.Minute, func() { cmd.Process.Kill() })
	defer watch.Stop()
	err := cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); !ok || exit.ExitCode() != 1 {
		t.Errorf("ended with %v", err)
	}
	if !strings.Contains(told.String(), "nothing that was stored is lost") || !strings.Contains(told.String(), "not reached") {
		t.Errorf("it tells\n%s", &told)
	}
	if len(asked) > 0 {
		t.Errorf("the source was visited %d times more", len(asked))
	}
	out := &strings.Builder{}
	if run([]string{"sources", "--config", config, "--data", data}, strings.NewReader(""), out, os.Stderr); !strings.Contains(out.String(), " 1 ") {
		t.Errorf("the source has more than its one article:\n%s", out)
	}
}
