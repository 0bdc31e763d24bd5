package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/kairan-news/kairan/internal/source"
)

// asProgram has the test binary be the program.
const asProgram = "TEST_AS_KAIRAN"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
	}
	testscript.Main(m, map[string]func(){
		"kairan": func() { os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the program as its users do, from a shell. What a script's folders
// hold from the beginning has lain there for long; "settle FILE…" has others lie there for
// as long as a folder of notices waits with a new file.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"),
		Setup: func(env *testscript.Env) error {
			return filepath.WalkDir(env.WorkDir, func(path string, d fs.DirEntry, err error) error {
				if err != nil || d.IsDir() {
					return err
				}
				return settle(path, time.Hour)
			})
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"settle": func(ts *testscript.TestScript, _ bool, files []string) {
				for _, file := range files {
					ts.Check(settle(ts.MkAbs(file), source.SettleTime))
				}
			},
		},
	})
}

// settle has a file have been written some time ago.
func settle(file string, ago time.Duration) error {
	then := time.Now().Add(-ago)
	return os.Chtimes(file, then, then)
}

// process is the program at work.
type process struct {
	t     *testing.T
	cmd   *exec.Cmd
	site  string // the public address without a slash at its end
	admin string
	ended chan struct{}
	err   error

	mu  sync.Mutex
	log bytes.Buffer
}

// start runs the program on free ports and waits until it says where to look.
func start(t *testing.T, args ...string) *process {
	t.Helper()
	return startAs(t, program, args...)
}

// program is a command of the program.
func program(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// startAs starts the program by a command that is made for its arguments.
func startAs(t *testing.T, command func(args ...string) *exec.Cmd, args ...string) *process {
	t.Helper()
	p := &process{t: t, ended: make(chan struct{})}
	args = append(args, "--admin", "127.0.0.1:0")
	if args[0] != "work" {
		args = append(args, "--listen", "127.0.0.1:0")
	}
	p.cmd = command(args...)
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	errOut, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(p.kill)

	told := make(chan string, 8)
	var reading sync.WaitGroup
	reading.Go(func() { p.keep(out, told) })
	reading.Go(func() { p.keep(errOut, told) })
	go func() {
		reading.Wait()
		p.err = p.cmd.Wait()
		close(p.ended)
	}()
	deadline := time.After(time.Minute)
	for p.admin == "" || p.site == "" && args[0] != "work" {
		select {
		case line := <-told:
			if _, address, ok := strings.Cut(line, "Kairan serves readers at "); ok {
				p.site = strings.TrimSuffix(address, "/")
			}
			if _, address, ok := strings.Cut(line, "Kairan shows operators its work at "); ok {
				p.admin = strings.TrimSuffix(address, "/")
			}
			p.readStart(line)
		case <-p.ended:
			t.Fatalf("kairan %s ended before it served: %v\n%s", strings.Join(args, " "), p.err, p.output())
		case <-deadline:
			t.Fatalf("kairan %s does not say where to look\n%s", strings.Join(args, " "), p.output())
		}
	}
	return p
}

// readStart takes the addresses from the line of a log in JSON.
func (p *process) readStart(line string) {
	var start struct{ Msg, Readers, Operators string }
	if json.Unmarshal([]byte(line), &start) == nil && start.Msg == "started" {
		p.site, p.admin = strings.TrimSuffix(start.Readers, "/"), strings.TrimSuffix(start.Operators, "/")
	}
}

// keep keeps what the program prints, and tells the lines that say where to look.
func (p *process) keep(r io.Reader, told chan<- string) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.mu.Lock()
		fmt.Fprintln(&p.log, lines.Text())
		p.mu.Unlock()
		if strings.HasPrefix(lines.Text(), "Kairan ") || strings.Contains(lines.Text(), `"msg":"started"`) {
			told <- lines.Text()
		}
	}
}

func (p *process) output() string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.log.String()
}

// kill ends the program as a power cut would.
func (p *process) kill() {
	p.cmd.Process.Kill() // it may have ended already
	<-p.ended
}

// stop asks the program to end and returns how it did.
func (p *process) stop() error {
	p.t.Helper()
	p.signal(syscall.SIGTERM)
	select {
	case <-p.ended:
		return p.err
	case <-time.After(time.Minute):
		p.t.Fatalf("the program does not end\n%s", p.output())
		return nil
	}
}

func (p *process) signal(s os.Signal) {
	p.t.Helper()
	if err := p.cmd.Process.Signal(s); err != nil {
		p.t.Fatal(err)
	}
}

// answer is what the program answered.
type answer struct {
	status int
	header http.Header
	body   string
}

func get(ctx context.Context, url string) (answer, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, url, nil)
	if err != nil {
		return answer{}, err
	}
	response, err := http.DefaultTransport.RoundTrip(request) // follows no redirect
	if err != nil {
		return answer{}, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	return answer{response.StatusCode, response.Header, string(body)}, err
}

// get asks once.
func (p *process) get(url string) answer {
	p.t.Helper()
	a, err := get(p.t.Context(), url)
	if err != nil {
		p.t.Fatalf("%v\n%s", err, p.output())
	}
	return a
}

// await asks until the answer is as it is wanted. The slowest recovery takes two
// minutes; the race detector on a busy machine takes its own time.
func (p *process) await(url, what string, wanted func(answer) bool) answer {
	p.t.Helper()
	var last answer
	eventually(p.t, func() bool {
		a, err := get(p.t.Context(), url)
		if err == nil {
			last = a
		}
		return err == nil && wanted(a)
	}, func() string {
		return fmt.Sprintf("%s: not %s; the last answer was %d:\n%.2000s\n%s", url, what, last.status, last.body, p.output())
	})
	return last
}

// eventually looks until a condition holds.
func eventually(t *testing.T, holds func() bool, otherwise func() string) {
	t.Helper()
	deadline := time.Now().Add(5 * time.Minute)
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for !holds() {
		if time.Now().After(deadline) {
			t.Fatal(otherwise())
		}
		<-tick.C
	}
}

func holds(text string) func(answer) bool {
	return func(a answer) bool { return a.status == http.StatusOK && strings.Contains(a.body, text) }
}
