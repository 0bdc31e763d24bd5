package main

import (
	"bytes"
	"slices"
	"testing"
	"time"
)

func TestATableAlignsWideLetters(t *testing.T) {
	for _, test := range []struct {
		remark string
		width  int
		want   string
	}{
		{"a file", 0, "SOURCE  CITY    REMARK\na       東京都  the server is down for maintenance, says its operator\nbb      Kyoto\n"},
		{"a terminal that is wide enough", 80, "SOURCE  CITY    REMARK\na       東京都  the server is down for maintenance, says its operator\nbb      Kyoto\n"},
		{"a narrow terminal", 36, "SOURCE  CITY    REMARK\na       東京都  the server is down…\nbb      Kyoto\n"},
		{"one that has no room", 10, "SOURCE  CITY    REMARK\na       東京都  the server…\nbb      Kyoto\n"},
	} {
		var out bytes.Buffer
		table := table{out: terminal{Writer: &out, width: test.width}}
		table.head("SOURCE", "CITY", "REMARK")
		table.add("a", "東京都", cell{"the server is\ndown for maintenance, says its operator", red})
		table.add("bb", "Kyoto", "")
		if err := table.print(); err != nil || out.String() != test.want {
			t.Errorf("%s: %v\n%s, want\n%s", test.remark, err, &out, test.want)
		}
	}
}

func TestColoursAreNoWidth(t *testing.T) {
	var out bytes.Buffer
	table := table{out: terminal{Writer: &out, colours: true, width: 80}}
	table.add(cell{"stopped", red}, "a")
	table.add("ok", "b")
	if err := table.print(); err != nil || out.String() != "\x1b[1;31mstopped\x1b[0m  a\nok       b\n" {
		t.Errorf("%v, %q", err, out.String())
	}
}

func TestTextsAreCutAndWrappedByTheirWidth(t *testing.T) {
	if got := cut("東京都からのお知らせ", 8); got != "東京都…" {
		t.Errorf("cut to %q", got)
	}
	if got := wrapped("No process has collected since 09:12.", 16); !slices.Equal(got, []string{"No process has", "collected since", "09:12."}) {
		t.Errorf("wrapped to %q", got)
	}
}

func TestTimesAreToldInOneUnit(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 s", 99 * time.Second: "99 s", 100 * time.Second: "2 min", 90 * time.Minute: "90 min", 100 * time.Minute: "2 h", 47 * time.Hour: "47 h", 100 * time.Hour: "4 days",
	} {
		if got := shortly(d); got != want {
			t.Errorf("%v is %q, want %q", d, got, want)
		}
	}
}
