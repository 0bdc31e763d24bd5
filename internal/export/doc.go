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
// Content-Type, Content-Language and Cache-Control.
//
// # Names
//
// A feed's file is at the feed's address. A page "/en/government" is the file
// "en/government.html" in a directory and the object "en/government" in a bucket; a
// page "/en/" is "en/index.html" in both, and "index.html" is the list of languages, for a
// server that chooses none by itself. Where a notice was withdrawn, an empty file
// "en/n/….gone" lets a web server answer 410 instead of 404, and so does one beside each
// address of a channel that ended long ago: deploy/nginx.conf looks for them.
//
// # Buckets
//
// A bucket is s3://NAME, with prefix, region, endpoint and whatever else it allows
// behind the "?", at any service that speaks S3: Amazon's, Google's by its
// interoperability, R2, Ceph, MinIO. What speaks nothing of the kind gets a directory,
// and its provider's own tool copies that. One client that many use is worth more than
// three that we would keep: MinIO's.
//
// An export needs three requests of a bucket, PUT, GET and DELETE of an object, and
// makes no other: the region is said or taken to be us-east-1, never asked for. An
// object is sent in one request, signed with the SHA-256 of its body, with no trailer
// and not in parts, which some services don't take. A service takes 5 GB so; a file of
// the site is in memory as a whole before, and that ends sooner. There is no support
// for what is not an ordinary bucket: S3's directory buckets, its access points by ARN,
// Outposts.
//
// The library's own chain of credentials passes over whatever fails and ends as nobody.
// So which of its providers is to give them is chosen here, from what the environment
// and the profiles say, and why it could not is told. Single sign-on is refused, since
// its session ends after some hours.
//
// Measured with Go 1.26, stripped, without cgo, as "kairan version" (size of the binary,
// the most that is resident, and the packages that are compiled for buckets alone):
//
//	no bucket at all                          37.1 MB  23.5 MB    0
//	as it is                                  40.2 MB  26.9 MB   33
//	Amazon's signer, credentials and region,
//	  Google's and Azure's clients before     43.2 MB  28.9 MB  165
//
// # What is not promised
//
// An export is not one moment of the site: it may hold a page that is a second newer
// than another. Files are not flushed to the disk one by one; after a loss of power
// the next export writes again what has not the size that it should have. ETags and
// headers are the other server's, and so is what no file can do: the choice of a
// language at "/", where a file can only list them all, deltas, and redirects from other
// spellings and former names.
package export
