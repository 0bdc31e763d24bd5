// Package export copies the site to a place from which others can serve it: a
// directory for a web server, or a bucket behind a CDN. So the site grows past one
// machine's network, and stands while this program is down.
//
// # Why it is built this way
//
// What is written is what the site answers: each address is asked of the handler
// that serves readers, and the body becomes a file. So there is no second way in
// which a page could be made, and none that could go its own way.
//
// Who asks for an export tells each address with a version: where that is the one
// of the last time, the address is not even asked. A manifest beside the files
// remembers versions, digests and what was written; by it only what changed is
// written, and only what this program wrote is ever removed. Each file appears whole
// or not at all, and its time is when the document changed, so that a web server's
// Last-Modified is ours. What was linked comes before what links it, and files are
// removed last.
//
// Beside each file stand its variants in gzip, zstd and brotli, where they are
// smaller, as nginx (gzip_static, brotli_static) and Caddy (precompressed) look for
// them. In a bucket they carry their Content-Encoding, and each object its
// Content-Type and Cache-Control.
//
// # Names
//
// A feed's file is at the feed's address. A page "/en/government" is the file
// "en/government.html" in a directory and the object "en/government" in a bucket; a
// page "/en/" is "en/index.html" in both. Where a notice was withdrawn, an empty file
// "en/n/….gone" lets a web server answer 410 instead of 404, and so does one beside each
// address of a channel that ended long ago: deploy/nginx.conf looks for them.
//
// # Buckets and their weight
//
// Buckets are opened by gocloud.dev/blob: s3://, gs:// and azblob://, each with what
// its driver allows behind the "?", such as prefix, region and endpoint. Client
// libraries are heavy, and every process of the program carries them, also where no
// bucket is named: what their packages set up at the start brings pages of the binary
// into memory. Measured with Go 1.26, stripped, as "kairan version": S3 and Azure make
// it 52 MB instead of 37, and 31 MB resident instead of 24. Google's own client, with
// gRPC, would make that 71 and 48; so gs:// has a driver of ours, which speaks Cloud
// Storage's XML API with Application Default Credentials and can do what an export
// needs. Who has only directories builds with the tag "nobuckets".
//
// # What is not promised
//
// An export is not one moment of the site: it may hold a page that is a second newer
// than another. Files are not flushed to the disk one by one; after a loss of power
// the next export writes again what has not the size that it should have. ETags and
// headers are the other server's, and so is what no file can do: the choice of a
// language at "/", deltas, and redirects from other spellings and former names.
package export
