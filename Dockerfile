FROM swift:6.3-bookworm AS build
RUN apt-get update && apt-get install -qy --no-install-recommends libsqlite3-dev libssl-dev zlib1g-dev pkg-config
WORKDIR /src
COPY . .
RUN swift build -c release --product cairn --static-swift-stdlib && strip .build/release/cairn

FROM debian:bookworm-slim
RUN apt-get update && apt-get install -qy --no-install-recommends libsqlite3-0 libssl3 zlib1g libstdc++6 ca-certificates curl \
  && rm -rf /var/lib/apt/lists/* \
  && useradd --system --home-dir /data cairn && install -d -o cairn /data
COPY --from=build /src/.build/release/cairn /usr/local/bin/cairn
USER cairn
VOLUME /data
WORKDIR /data
ENV CAIRN_DATABASE=/data/cairn.sqlite CAIRN_HOST=0.0.0.0 CAIRN_PORT=8080
EXPOSE 8080
HEALTHCHECK CMD curl -fsSk http${CAIRN_TLS_CERT:+s}://127.0.0.1:$CAIRN_PORT/readyz
ENTRYPOINT ["cairn"]
CMD ["serve"]
