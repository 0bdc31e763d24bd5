# A static binary on an empty base, run by a user who may do nothing else.
FROM golang:1.26 AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN go mod download
COPY . .
# What "kairan version" says: the tag or the commit, as "make image" gives it. Where nobody
# does, the digest of the files that it is built from tells builds apart.
ARG VERSION=""
RUN stamp="${VERSION:-devel-$(find . -type f -print0 | sort -z | xargs -0 sha256sum | sha256sum | cut -c -12)}" \
 && CGO_ENABLED=0 go build -trimpath -ldflags="-s -w -X main.stamp=$stamp" -o /kairan ./cmd/kairan \
 && mkdir -p /data

FROM scratch
# Certificates to fetch by HTTPS; time zones are in the binary.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /kairan /kairan
COPY --from=build --chown=65532:65532 /data /data
ENV KAIRAN_DATA=/data KAIRAN_LISTEN=:8080 KAIRAN_ADMIN=:9090
USER 65532:65532
VOLUME /data
EXPOSE 8080 9090
HEALTHCHECK --interval=30s --timeout=6s --start-period=20s CMD ["/kairan", "healthcheck"]
ENTRYPOINT ["/kairan"]
CMD ["serve"]
