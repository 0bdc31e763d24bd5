package pgtest

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// settings make a cluster quick and forgetful.
var settings = []string{
	"listen_addresses=", "fsync=off", "synchronous_commit=off", "full_page_writes=off",
	"max_connections=200", "shared_buffers=64MB", "autovacuum=off", "logging_collector=off",
	"min_wal_size=32MB", "max_wal_size=128MB", // since they may lie in memory
}

// script runs the cluster ($1 the binary, $2 the directory, the rest its settings)
// until standard input ends, and then removes it. A line of standard input is "start", or the
// signal to end the server with; one of standard output says that it was done.
const script = `
bin=$1; dir=$2; shift 2
trap '' INT TERM HUP
run() { "$bin/postgres" -D "$dir/data" -k "$dir" "$@" >>"$dir/log" 2>&1 </dev/null & pid=$!; }
end() { if [ -n "$pid" ]; then kill -"$1" "$pid" 2>/dev/null; wait "$pid"; fi; pid=; }
run "$@"
while read -r word; do
	case $word in
	start) run "$@" ;;
	*) end "$word" ;;
	esac
	echo done
done
end QUIT
cd /
rm -rf "$dir"
`

// cluster is a PostgreSQL server at work, with the shell that runs it.
type cluster struct {
	address, dir string
	orders       io.WriteCloser
	done         *bufio.Reader
}

// start starts a cluster with these settings.
func start(settings []string) (c *cluster, err error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	as, err := unprivileged()
	if err != nil {
		return nil, err
	}
	dir, err := makeDirectory()
	if err != nil {
		return nil, err
	}
	defer func() {
		if err != nil {
			os.RemoveAll(dir)
		}
	}()
	if as != nil {
		if err := os.Chown(dir, int(as.Uid), int(as.Gid)); err != nil {
			return nil, err
		}
	}

	initdb := exec.Command(filepath.Join(bin, "initdb"), "-D", filepath.Join(dir, "data"),
		"-U", "kairan", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync", "--no-instructions")
	initdb.Dir = dir
	initdb.SysProcAttr = &syscall.SysProcAttr{Credential: as}
	if out, err := initdb.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("initdb: %w\n%s", err, out)
	}

	args := []string{"-c", script, "pgtest", bin, dir}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	shell := exec.Command("/bin/sh", args...)
	shell.Dir = dir
	// A process group of its own, so that an interrupt at the terminal leaves it the
	// time to clean up.
	shell.SysProcAttr = &syscall.SysProcAttr{Credential: as, Setpgid: true}
	c = &cluster{dir: dir}
	// The pipe's other end stays open as long as this process lives.
	if c.orders, err = shell.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := shell.StdoutPipe()
	if err != nil {
		return nil, err
	}
	c.done = bufio.NewReader(out)
	if err := shell.Start(); err != nil {
		return nil, err
	}
	go func() { _, _ = shell.Process.Wait() }() // Cmd.Wait would close what is read

	c.address = (&url.URL{Scheme: "postgres", User: url.User("kairan"), Path: "/postgres", RawQuery: "host=" + url.QueryEscape(dir)}).String()
	return c, c.answers()
}

// answers waits until the cluster does.
func (c *cluster) answers() error {
	deadline := time.Now().Add(30 * time.Second)
	for {
		err := run(c.address, "SELECT 1")
		if err == nil {
			return nil
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(filepath.Join(c.dir, "log"))
			return fmt.Errorf("the private cluster does not answer: %w\n%s", err, log)
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// order has the shell do something, and waits until it has.
func (c *cluster) order(word string) error {
	if _, err := fmt.Fprintln(c.orders, word); err != nil {
		return fmt.Errorf("tell the private cluster %s: %w", word, err)
	}
	if _, err := c.done.ReadString('\n'); err != nil {
		return fmt.Errorf("have the private cluster %s: %w", word, err)
	}
	return nil
}

// memory is a file system in memory, where the system has one that all may use. A copy of
// a database is some 300 files, for which a disk takes half a second and memory 70 ms.
const sharedMemory = "/dev/shm"

// roomInMemory is how much must be free in memory for a cluster to be put there, in bytes.
// It takes a tenth of it for itself, and 8 MB for each database.
const roomInMemory = 2 << 30

// makeDirectory makes the cluster's directory: in memory, or where other files of tests are.
func makeDirectory() (string, error) {
	if freeBytes(sharedMemory) >= roomInMemory {
		if dir, err := os.MkdirTemp(sharedMemory, "kairan-pg-"); err == nil {
			return dir, nil
		}
	}
	return os.MkdirTemp("", "kairan-pg-")
}

// binaries returns the directory of the newest PostgreSQL that is installed.
func binaries() (string, error) {
	var dirs []string
	if path, err := exec.LookPath("postgres"); err == nil {
		dirs = append(dirs, filepath.Dir(path))
	}
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		dirs = append(dirs, strings.TrimSpace(string(out)))
	}
	packaged, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	slices.SortFunc(packaged, func(a, b string) int { return version(b) - version(a) })
	for _, dir := range append(dirs, packaged...) {
		if executable(filepath.Join(dir, "postgres")) && executable(filepath.Join(dir, "initdb")) {
			return dir, nil
		}
	}
	return "", errors.New("no postgres and initdb in PATH, in pg_config --bindir or in /usr/lib/postgresql: install PostgreSQL, or set KAIRAN_TEST_POSTGRES to the URL of a server")
}

// version reads the number in /usr/lib/postgresql/15/bin.
func version(dir string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(dir)))
	return n
}

func executable(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular() && info.Mode()&0o111 != 0
}

// unprivileged returns whom to run the cluster as; nil where that is ourselves.
func unprivileged() (*syscall.Credential, error) {
	if os.Geteuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			continue
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			continue
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("initdb refuses root, and there is no user postgres or nobody to run it as")
}
