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
// A bucket is s3://NAME, gs://NAME or azblob://NAME, with prefix, region, endpoint and
// whatever else it allows behind the "?". Client libraries are heavy, and every process
// of the program carries them, also where no bucket is named: what their packages set
// up at the start brings pages of the binary into memory. An export needs three
// requests of a bucket: PUT, GET and DELETE of an object. S3 and Google's XML API have
// the same, so one small client makes them for both, and for the many services that
// speak as S3 does. Who asks is the difference, and that is left to the providers' own
// code: Amazon's signer and its chain of credentials, Google's Application Default
// Credentials. What is Azure's goes through its own client, which adds little to the
// credentials that it needs.
//
// Measured with Go 1.26, stripped, without cgo, as "kairan version" (size of the binary,
// and the most that is resident):
//
//	no bucket at all (the tag "nobuckets")                      36.8 MB  23.4 MB
//	as it is                                                    42.8 MB  26.3 MB
//	gocloud.dev for S3 and Azure, the small client for Google   52.0 MB  31.2 MB
//	  the same without S3                                       43.1 MB  28.5 MB
//	  … but with Amazon's signer                                43.2 MB  27.0 MB
//	  … and Amazon's chain of credentials                       45.9 MB  28.3 MB
//	  … or minio-go's signer and credentials                    43.3 MB  29.9 MB
//	  the same with S3, and with Google's own client by gRPC    71.2 MB  47.9 MB
//
// So Amazon's chain costs 2.7 MB of the binary and next to nothing in memory, for it
// brings the clients by which single sign-on and roles are asked. minio-go's would save
// the former and not the latter, and knows nothing of single sign-on, nor of a
// profile's role, region or endpoint. And gocloud.dev's common part brings gRPC and
// OpenTelemetry, which is nearly half of what it saves to do without it. Who has only directories
// builds with the tag "nobuckets".
//
// An object is sent in one request, of which S3 takes 5 GB: a file of the site is in
// memory as a whole before, and that ends sooner. There is no support for what is not
// an ordinary bucket: S3's directory buckets, its access points by ARN, Outposts.
//
// # What is not promised
//
// An export is not one moment of the site: it may hold a page that is a second newer
// than another. Files are not flushed to the disk one by one; after a loss of power
// the next export writes again what has not the size that it should have. ETags and
// headers are the other server's, and so is what no file can do: the choice of a
// language at "/", deltas, and redirects from other spellings and former names.
package export
