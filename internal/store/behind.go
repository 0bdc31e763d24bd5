package store

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
)

// A database that has no room for this version's schema is read all the same, and served:
// what later migrations add is read as they would leave it where nothing has filled it yet.
// It is not written until it has its schema; [DB.TryWriting] gives it that when there is room.

// oldestRead is the oldest schema that is read without what was added since.
const oldestRead = 7

// addition is what a migration adds to the tables that are read.
type addition struct {
	version int64 // the migration's
	table   string
	// standIn is what is read in its place: a SELECT for a table, and expressions for columns.
	standIn string
}

// laterTables are the tables that have been added since [oldestRead]. A type matters in none
// of those without rows.
var laterTables = []addition{
	{8, "remembered", `SELECT '' AS source, '' AS reading, '' AS entries WHERE 1 = 0`},
	{9, "channels", `SELECT d.channel, coalesce((SELECT CASE WHEN e.gone_ms > 0 THEN 'gone' ELSE 'ended' END FROM endings e WHERE e.channel = d.channel), 'live') AS status,
		max(d.revision) + 1000 AS revision, 0 AS past, (SELECT coalesce(max(l.seq), 0) FROM log l) AS seq,
		coalesce((SELECT max(a.until_seq) FROM archives a WHERE a.channel = d.channel), 0) AS since,
		max(d.archive) AS archives, max(CASE WHEN d.archive = 0 THEN d.entries ELSE 0 END) AS entries
		FROM documents d GROUP BY d.channel`},
	{9, "ending_documents", `SELECT d.channel, d.format, d.archive, d.body, d.last_seq, d.entries
		FROM documents d JOIN endings e ON e.channel = d.channel WHERE e.gone_ms = 0`},
	{9, "sites", `SELECT '' AS digest, '' AS body, 0 AS adopted_ms WHERE 1 = 0`},
	{9, "adoptions", `SELECT 0 AS adopted_ms, '' AS digest WHERE 1 = 0`},
	{9, "recommended", `SELECT '' AS story, 0 AS article WHERE 1 = 0`},
	{12, "pages", `SELECT '' AS source, '' AS page, '' AS state, '' AS text WHERE 1 = 0`},
	{14, "permalinks", `SELECT 0 AS digest, 0 AS article WHERE 1 = 0`},
	{20, "files", `SELECT '' AS digest, 0 AS kept_ms, '' AS data WHERE 1 = 0`},
	{20, "article_files", `SELECT 0 AS article, '' AS digest, '' AS name WHERE 1 = 0`},
	{23, "processes", `SELECT '' AS id, '' AS role, '' AS host, 0 AS pid, '' AS version, '' AS plan, 0 AS started_ms, 0 AS beat_ms, 0 AS stopped_ms, '' AS facts WHERE 1 = 0`},
	{23, "terms", `SELECT '' AS name, '' AS holder, 0 AS until_ms WHERE 1 = 0`},
	{23, "incidents", `SELECT 0 AS id, '' AS kind, '' AS subject, 0 AS opened_ms, 0 AS seen_ms, 0 AS resolved_ms, '' AS body, '' AS taken WHERE 1 = 0`},
	{23, "mutes", `SELECT '' AS kind, '' AS subject, '' AS who, '' AS reason, 0 AS since_ms, 0 AS until_ms WHERE 1 = 0`},
	{23, "tellings", `SELECT '' AS receiver, 0 AS incident, '' AS what, 0 AS claimed_ms, 0 AS told_ms WHERE 1 = 0`},
	{23, "pauses", `SELECT '' AS source, '' AS who, '' AS reason, 0 AS since_ms, 0 AS until_ms WHERE 1 = 0`},
	{23, "audit", `SELECT 0 AS id, 0 AS time_ms, '' AS who, '' AS way, '' AS origin, '' AS action, '' AS subject, '' AS detail, '' AS failure WHERE 1 = 0`},
	{23, "rhythms", `SELECT '' AS source, 0 AS learned_ms, '' AS body WHERE 1 = 0`},
	{24, "epochs", `SELECT 0 AS name, 0 AS former, 0 AS from_seq, 0 AS since_seq, 0 AS opened_ms, '' AS who, '' AS reason WHERE 1 = 0`},
	{23, "source_days", `SELECT '' AS source, 0 AS day, 0 AS runs, 0 AS failed, 0 AS added, 0 AS bytes WHERE 1 = 0`},
	{28, "requests", `SELECT 0 AS id, 0 AS time_ms, '' AS who, '' AS what WHERE 1 = 0`},
	{28, "answers", `SELECT 0 AS request, '' AS process, 0 AS time_ms, '' AS failure WHERE 1 = 0`},
	{26, "channel_days", `SELECT '' AS channel, '' AS format, '' AS reader, 0 AS day, 0 AS requests, 0 AS subscribers, 0 AS clients WHERE 1 = 0`},
	{31, "search_index", `SELECT 0 AS article, '' AS tokens WHERE 1 = 0`}, // who searches asks whether it is there
	{31, "search_categories", `SELECT 0 AS article, '' AS category WHERE 1 = 0`},
}

// laterColumns are the columns that have been added to tables since [oldestRead].
var laterColumns = []addition{
	{9, "endings", `'' AS site`},
	{9, "archives", `'' AS languages`},
	{9, "marks", `0 AS past`},
	{10, "articles", `0 AS grammar`},
	{11, "source_states", `'' AS noise`},
	{25, "source_states", `'' AS seen`},
	{25, "source_states", `0 AS last_new_ms`},
	{13, "articles", `0 AS by_default`},
	{13, "article_sources", `0 AS by_default`},
	{30, "marks", `'' AS visits`},
	{30, "channels", `'' AS publication`},
	{32, "channels", `0 AS until_ms`},
}

// standIns are what is read in the place of tables, by their names.
type standIns map[string]string

// standInsFor returns what is read in a database with an older schema.
func standInsFor(e Engine, version int64) standIns {
	in := standIns{}
	for _, table := range laterTables {
		if table.version > version {
			in[table.table] = table.standIn
		}
	}
	schema := "" // PostgreSQL's WITH does not mean itself
	if e == SQLite {
		schema = "main."
	}
	columns := map[string][]string{}
	for _, column := range laterColumns {
		if column.version > version {
			columns[column.table] = append(columns[column.table], column.standIn)
		}
	}
	for table, more := range columns {
		from := schema + table
		if whole, ok := in[table]; ok {
			from = "(" + whole + ")"
		}
		in[table] = "SELECT t.*, " + strings.Join(more, ", ") + " FROM " + from + " t"
	}
	return in
}

var tablesRead = regexp.MustCompile(`\b(?:FROM|JOIN) (\w+)`)

// read returns a SELECT with the tables that it names as they stand for those that it means.
// Engines read through them, by the tables' own indexes.
func (in standIns) read(text string) string {
	if len(in) == 0 || !strings.HasPrefix(text, "SELECT ") {
		return text
	}
	var with, named []string
	for _, match := range tablesRead.FindAllStringSubmatch(text, -1) {
		table := match[1]
		if standIn, ok := in[table]; ok && !slices.Contains(named, table) {
			named = append(named, table)
			with = append(with, table+" AS NOT MATERIALIZED ("+standIn+")")
		}
	}
	if len(with) == 0 {
		return text
	}
	return "WITH " + strings.Join(with, ", ") + " " + text
}

// Behind tells whether the database lacks this version's schema, has no room for it, and is
// read all the same. It is known when [DB.Migrate] has run.
func (db *DB) Behind() bool { return db.behind.Load() }

// readBehind has a database be read by the schema that it has, where there is one to read.
func (db *DB) readBehind(ctx context.Context) {
	var version int64
	if _, err := db.read().one(ctx, []any{&version}, `SELECT max(version_id) FROM goose_db_version`); err != nil || version < oldestRead {
		return // there are no tables, or none that this program can read: it does not start
	}
	db.reader.texts.Store(newTexts(db.engine, standInsFor(db.engine, version)))
	db.behind.Store(true)
}

// catchUp gives the database this version's schema, if there was no room for that.
func (db *DB) catchUp(ctx context.Context) error {
	if !db.Behind() {
		return nil
	}
	err := db.migrateTables(ctx)
	if err == nil {
		db.caughtUp()
		return nil
	}
	if u, ok := errors.AsType[*Unwritable](err); ok {
		err = u
	}
	db.readBehind(ctx) // it may have come a part of the way
	return err
}

// caughtUp has the database be read by this version's schema.
func (db *DB) caughtUp() {
	if db.behind.CompareAndSwap(true, false) {
		db.reader.texts.Store(newTexts(db.engine, nil))
	}
}
