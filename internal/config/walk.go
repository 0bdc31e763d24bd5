package config

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/token"
)

// value is what stood at a place of the file, once it has its shape. Methods of a
// nil value answer like those of an absent one.
type value struct {
	at     position
	text   string
	number int64 // also nanoseconds of a duration and bytes of a size
	flag   bool
	items  []*value
	pairs  []pair
	// form tells the choices of an either apart.
	form form
	// bad values were reported: nothing else is to be said of them.
	bad bool
}

type pair struct {
	key   string
	at    position
	value *value
}

// get returns the value of a key, nil if the file does not have it.
func (v *value) get(key string) *value {
	if v == nil {
		return nil
	}
	for _, p := range v.pairs {
		if p.key == key {
			return p.value
		}
	}
	return nil
}

// string returns the text of a scalar, "" if absent or bad.
func (v *value) string() string {
	if v == nil || v.bad {
		return ""
	}
	return v.text
}

func (v *value) isTrue() bool { return v != nil && v.flag }

// isFalse reports whether a flag was set to false, and not merely left out.
func (v *value) isFalse() bool { return v != nil && !v.flag }

func (v *value) list() []*value {
	if v == nil {
		return nil
	}
	return v.items
}

func (v *value) table() []pair {
	if v == nil {
		return nil
	}
	return v.pairs
}

func (v *value) numberOr(preset int64) int64 {
	if v == nil || v.bad {
		return preset
	}
	return v.number
}

// maxNodes bounds what aliases of aliases can blow up to.
const maxNodes = 500_000

// walker reads the syntax tree of a file by its shape and reports what does not fit.
type walker struct {
	*report
	file    int // whose number in the report it is
	anchors map[string]ast.Node
	nodes   int
	// open are the aliases being read: one within itself has no end.
	open map[string]bool
	// fit are texts that were found fit: thousands of sources have one schedule.
	fit map[fitText]bool
}

type fitText struct {
	shape *shape
	text  string
}

// read returns the value of a node, called subject in errors. It is nil where the
// node is empty.
func (w *walker) read(n ast.Node, s *shape, subject string) *value {
	if w.nodes++; w.nodes > maxNodes {
		if w.nodes == maxNodes+1 {
			what, hint := "the file says too much", "divide it into several, and name them in \"include\""
			if len(w.anchors) > 0 {
				what, hint = "the aliases repeat too much", "write the values out"
			}
			w.add(position{file: w.file}, what, hint)
		}
		return nil
	}
	switch n := n.(type) {
	case *ast.AnchorNode:
		w.anchors[n.Name.GetToken().Value] = n.Value
		return w.read(n.Value, s, subject)
	case *ast.AliasNode:
		target, done := w.follow(n)
		if target == nil {
			return &value{at: w.at(n), bad: true}
		}
		defer done()
		return w.read(target, s, subject)
	case *ast.TagNode:
		w.add(w.at(n), fmt.Sprintf("%s has the tag %s", subject, n.GetToken().Value), "leave the tag out")
		return &value{at: w.at(n), bad: true}
	case nil, *ast.NullNode:
		return w.readNothing(n, s, subject)
	}

	switch s.form {
	case eitherForm:
		return w.read(n, w.choose(n, s), subject)
	case listForm:
		return w.readList(n, s, subject)
	case tableForm, recordForm:
		return w.readMapping(n, s, subject)
	default:
		return w.readScalar(n, s, subject)
	}
}

// follow returns what an alias stands for, and a function to call when it was
// read; nil if it stands for nothing.
func (w *walker) follow(n *ast.AliasNode) (ast.Node, func()) {
	name := n.Value.GetToken().Value
	target, ok := w.anchors[name]
	switch {
	case !ok:
		w.add(w.at(n), fmt.Sprintf("nothing before is marked &%s", name), "mark the value with an anchor first, or write it out")
		return nil, nil
	case w.open[name]:
		w.add(w.at(n), fmt.Sprintf("*%s stands within itself", name), "write the value out")
		return nil, nil
	}
	w.open[name] = true
	return target, func() { delete(w.open, name) }
}

// readNothing reads a key with nothing after it: where all that could follow is
// left out, it is as if the key were too; else its value was forgotten.
func (w *walker) readNothing(n ast.Node, s *shape, subject string) *value {
	if s.canBeNothing() {
		return nil
	}
	v := &value{at: position{file: w.file}, bad: true}
	if n != nil {
		v.at = w.at(n)
	}
	w.add(v.at, subject+" has no value", "write "+s.wanted()+", or remove the key")
	return v
}

// choose returns the choice that has the node's form, else the first.
func (w *walker) choose(n ast.Node, s *shape) *shape {
	var c *shape
	switch n.(type) {
	case *ast.SequenceNode:
		c = s.choice(func(f form) bool { return f == listForm })
	case *ast.MappingNode:
		c = s.choice(func(f form) bool { return f == tableForm || f == recordForm })
	default:
		c = s.choice(func(f form) bool { return f < listForm })
	}
	if c == nil {
		return s.choices[0]
	}
	return c
}

func (w *walker) readList(n ast.Node, s *shape, subject string) *value {
	seq, ok := n.(*ast.SequenceNode)
	if !ok {
		return w.wrong(n, s, subject, `put "- " before each of its elements`)
	}
	v := &value{at: w.at(n), form: s.form}
	if s.filled && len(seq.Values) == 0 {
		w.add(v.at, subject+" is empty", "name one at least")
	}
	for i, item := range seq.Values {
		name, _, _ := strings.Cut(s.of.noun, ", such as")
		if name == "" {
			name = fmt.Sprintf("element %d of %s", i+1, subject)
		}
		if _, ok := item.(*ast.NullNode); ok {
			w.add(w.at(item), name+" is empty", "fill it in or remove it")
		} else if read := w.read(item, s.of, name); read != nil {
			v.items = append(v.items, read)
		}
	}
	return v
}

func (w *walker) readMapping(n ast.Node, s *shape, subject string) *value {
	m, ok := n.(*ast.MappingNode)
	if !ok {
		return w.wrong(n, s, subject, "")
	}
	v := &value{at: w.at(n), form: s.form, pairs: make([]pair, 0, len(m.Values))}
	seen := make(map[string]position, len(m.Values))
	w.readPairs(m, s, subject, v, seen, false)
	if s.form == recordForm {
		w.checkRecord(v, s, subject)
	}
	return v
}

// readPairs adds the pairs of a mapping to v, and those that it merges in with <<
// where they are not there already.
func (w *walker) readPairs(m *ast.MappingNode, s *shape, subject string, v *value, seen map[string]position, merged bool) {
	var merges []ast.Node
	for _, p := range m.Values {
		if _, ok := p.Key.(*ast.MergeKeyNode); ok {
			merges = append(merges, p.Value)
			continue
		}
		key, where := p.Key.GetToken().Value, w.at(p.Key)
		if _, ok := p.Key.(*ast.MappingKeyNode); ok {
			w.add(where, "a key of "+subject+" is written with a question mark", "write \"key: value\"")
			continue
		}
		if first, ok := seen[key]; ok {
			if !merged {
				w.add(where, fmt.Sprintf("the key %q stands twice in %s, first on line %d", key, subject, first.line), "remove one of them")
			}
			continue
		}
		seen[key] = where

		of := s.of
		if s.form == recordForm {
			f, ok := s.field(key)
			if !ok {
				w.addUnknownKey(key, where, s, subject)
				continue
			}
			if f.dropped != "" {
				w.warn(where, fmt.Sprintf("the key %q has no effect any more: %s", key, f.dropped), "remove it, since the next version refuses it")
				continue
			}
			of = f.shape
		} else if s.keys != nil && !w.readText(key, where, s.keys, fmt.Sprintf("the key %q", key)) {
			continue
		}
		read := w.read(p.Value, of, key)
		if read != nil || s.form == tableForm {
			v.pairs = append(v.pairs, pair{key, where, read})
		}
	}
	for _, n := range merges {
		w.merge(n, s, subject, v, seen)
	}
}

func (w *walker) addUnknownKey(key string, where position, s *shape, subject string) {
	if hint, ok := s.elsewhere[key]; ok {
		w.add(where, fmt.Sprintf("%s can't have the key %q", subject, key), hint)
		return
	}
	w.add(where, fmt.Sprintf("unknown key %q in %s", key, subject), didYouMean(key, s.keywords(), "its keys are "))
}

// merge adds the pairs of a merge key's mapping or mappings.
func (w *walker) merge(n ast.Node, s *shape, subject string, v *value, seen map[string]position) {
	switch n := n.(type) {
	case *ast.AliasNode:
		if target, done := w.follow(n); target != nil {
			w.merge(target, s, subject, v, seen)
			done()
		}
	case *ast.SequenceNode:
		for _, item := range n.Values {
			w.merge(item, s, subject, v, seen)
		}
	case *ast.MappingNode:
		w.readPairs(n, s, subject, v, seen, true)
	default:
		w.add(w.at(n), "<< takes the keys of a mapping", `write "<<: *name" of one that is marked &name`)
	}
}

// checkRecord reports what a record lacks, and what it has too much.
func (w *walker) checkRecord(v *value, s *shape, subject string) {
	for _, f := range s.fields {
		if f.required && v.get(f.name) == nil && (f.unless == "" || v.get(f.unless) == nil) {
			w.add(v.at, fmt.Sprintf("%s has no %q", subject, f.name), fmt.Sprintf("add a line such as \"%s: %s\"", f.name, f.example))
		}
	}
	for _, r := range s.rules {
		key := v.get(r.key)
		if key.string() != r.value {
			continue
		}
		if r.require != "" && v.get(r.require) == nil {
			w.add(v.at, fmt.Sprintf("%s of %s %q has no %q", subject, r.key, r.value, r.require), r.hint)
		}
		if wrong := v.get(r.forbid); wrong != nil && (r.unless == "" || v.get(r.unless) == nil) {
			w.add(wrong.at, fmt.Sprintf("%s of %s %q has a %q", subject, r.key, r.value, r.forbid), r.hint)
		}
	}
}

func (w *walker) readScalar(n ast.Node, s *shape, subject string) *value {
	v := &value{at: w.at(n), form: s.form}
	switch s.form {
	case flagForm:
		b, ok := n.(*ast.BoolNode)
		if !ok {
			return w.wrong(n, s, subject, "")
		}
		v.flag = b.Value
	case wholeForm:
		i, ok := n.(*ast.IntegerNode)
		number, err := strconv.ParseInt(n.GetToken().Value, 10, 64)
		if !ok || err != nil {
			return w.wrong(n, s, subject, "")
		}
		if number < s.min || number > s.max {
			w.add(v.at, fmt.Sprintf("%s is %s", subject, i.GetToken().Value), fmt.Sprintf("write a number from %d to %d", s.min, s.max))
			v.bad = true
		}
		v.number = number
	case durationForm:
		return w.readAmount(n, s, subject, readDuration)
	case sizeForm:
		return w.readAmount(n, s, subject, readSize)
	default:
		text, ok := scalarText(n, false)
		if !ok {
			hint := "put it between quotes"
			switch _, number := n.(ast.ScalarNode); {
			case !number:
				hint = ""
			case len(s.words) > 0: // one of which it may be meant for
				hint = didYouMean(n.String(), s.words, "write one of ")
			}
			return w.wrong(n, s, subject, hint)
		}
		v.text = text
		v.bad = !w.readText(text, v.at, s, subject)
	}
	return v
}

// readAmount reads a scalar that is a number and its unit.
func (w *walker) readAmount(n ast.Node, s *shape, subject string, reads func(string) int64) *value {
	text, ok := scalarText(n, true)
	number := reads(text)
	if !ok || number < 0 {
		return w.wrong(n, s, subject, "")
	}
	v := &value{at: w.at(n), form: s.form, number: number}
	if number < s.min || number > s.max {
		w.add(v.at, fmt.Sprintf("%s is %s", subject, text), fmt.Sprintf("write one from %s to %s", s.amount(s.min), s.amount(s.max)))
		v.bad = true
	}
	return v
}

// readText reports whether a text has its shape.
func (w *walker) readText(text string, where position, s *shape, subject string) bool {
	for _, known := range s.words {
		if text == known.text {
			return true
		}
	}
	if w.fit[fitText{s, text}] {
		return true
	}
	f := s.check(text, shown(text, s, subject))
	if f == nil {
		if s.reads != nil && s.format != "uri" { // no address stands there often
			w.fit[fitText{s, text}] = true
		}
		return true
	}
	w.add(where, f.what, f.hint)
	return false
}

// check returns what is wrong with a text, which is called subject.
func (s *shape) check(text string, subject func() string) *fault {
	switch {
	case len(s.words) > 0:
		return &fault{"unknown " + subject(), didYouMean(text, s.words, "write one of ")}
	case strings.TrimSpace(text) == "":
		return &fault{subject() + " is empty", "write " + s.wanted()}
	case slices.Contains(s.not, text):
		return &fault{subject() + " is an address of the site itself", "choose another"}
	}
	if s.reads != nil {
		if f := s.reads(text); f != nil {
			if s.secret {
				return f
			}
			return &fault{subject() + ": " + f.what, f.hint}
		}
	}
	if s.pattern != nil && !s.pattern.MatchString(text) {
		return &fault{fmt.Sprintf("%s is not %s", subject(), s.wanted()), ""}
	}
	return nil
}

// shown returns a function that names a text in an error: with its value, unless
// that may hold a password or is named already.
func shown(text string, s *shape, subject string) func() string {
	return func() string {
		secret := s.secret || s.format == "uri" && strings.Contains(text, "@")
		if secret || text == "" || strings.HasPrefix(subject, "the key ") {
			return subject
		}
		return fmt.Sprintf("%s %q", subject, text)
	}
}

// wrong reports a node that has not the form of its shape.
func (w *walker) wrong(n ast.Node, s *shape, subject, hint string) *value {
	if hint == "" {
		hint = "write " + s.wanted()
	}
	w.add(w.at(n), fmt.Sprintf("%s must be %s, and is %s", subject, s.form, formOf(n)), hint)
	return &value{at: w.at(n), bad: true}
}

// wanted says what a value of the shape would be.
func (s *shape) wanted() string {
	switch {
	case s.form == eitherForm:
		all := make([]string, len(s.choices))
		for i, c := range s.choices {
			all[i] = c.wanted()
		}
		return strings.Join(all, " or ")
	case s.noun != "":
		return s.noun
	default:
		return s.form.String()
	}
}

// amount prints a duration or size as its shape reads it.
func (s *shape) amount(n int64) string {
	if s.form == durationForm {
		return time.Duration(n).String()
	}
	for _, u := range sizeUnits {
		if n >= u.bytes && n%u.bytes == 0 {
			return strconv.FormatInt(n/u.bytes, 10) + u.name
		}
	}
	return strconv.FormatInt(n, 10)
}

// formOf says what a node is, in the words of [form].
func formOf(n ast.Node) string {
	switch n.(type) {
	case *ast.SequenceNode:
		return "a list"
	case *ast.MappingNode:
		return "a mapping"
	case *ast.BoolNode:
		return n.GetToken().Value
	case *ast.IntegerNode, *ast.FloatNode, *ast.InfinityNode, *ast.NanNode:
		return "a number"
	default:
		return "a text"
	}
}

// scalarText returns the text of a scalar node; that of a number only if numbers
// are wanted.
func scalarText(n ast.Node, numbers bool) (string, bool) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, true
	case *ast.LiteralNode:
		return strings.TrimRight(n.Value.Value, "\n"), true
	case *ast.IntegerNode:
		return n.GetToken().Value, numbers
	}
	return "", false
}

// readDuration returns nanoseconds, negative if the text is no duration. Only 0
// needs no unit. Days, of 24 hours, come first.
func readDuration(text string) int64 {
	days, rest := 0.0, text
	if first, after, ok := strings.Cut(text, "d"); ok {
		n, err := strconv.ParseFloat(first, 64)
		if err != nil || n < 0 || n > mostDays {
			return -1
		}
		if days, rest = n, after; rest == "" {
			rest = "0"
		}
	}
	d, err := time.ParseDuration(rest)
	if err != nil || d < 0 {
		return -1
	}
	return int64(d) + int64(days*float64(24*time.Hour))
}

// mostDays bounds a number of days, so that no duration overflows.
const mostDays = 36500

var sizeUnits = []struct {
	name  string
	bytes int64
}{
	{"GiB", 1 << 30}, {"MiB", 1 << 20}, {"KiB", 1 << 10},
	{"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"kB", 1e3}, {"B", 1},
}

// readSize returns bytes, negative if the text is no size.
func readSize(text string) int64 {
	unit := int64(1)
	for _, u := range sizeUnits {
		if digits, ok := strings.CutSuffix(text, u.name); ok {
			text, unit = strings.TrimSpace(digits), u.bytes
			break
		}
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 0 || n > math.MaxInt64/unit {
		return -1
	}
	return n * unit
}

// at returns where a node begins.
func (w *walker) at(n ast.Node) position {
	t := n.GetToken()
	if m, ok := n.(*ast.MappingNode); ok && !m.IsFlowStyle && len(m.Values) > 0 {
		t = m.Values[0].Key.GetToken()
	}
	return placeOf(t, w.file)
}

// placeOf returns where a token stands in a file.
func placeOf(t *token.Token, file int) position {
	if t == nil || t.Position == nil {
		return position{file: file}
	}
	return position{file, t.Position.Line, max(1, t.Position.Column)}
}
