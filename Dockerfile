# The current LTS line of Node.js, which runs the TypeScript as it is: there is nothing to build.
FROM node:26-slim

ENV NODE_ENV=production
WORKDIR /app

# Only what production needs, and before the source, so that a change of the source keeps this layer.
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --no-audit --no-fund && npm cache clean --force

COPY schemas ./schemas
COPY channels ./channels
COPY src ./src

# The embedded store and stored scans; the image's own user may write there and nowhere else.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node

ENV HOST=0.0.0.0 PORT=8080 DATA_DIR=/data
EXPOSE 8080

# Alive is enough: a gateway whose Kafka is away keeps taking readings and must not be restarted for it.
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# The gateway answers what it took and closes its relay, within 10 seconds.
STOPSIGNAL SIGTERM
# Not through npm, which would stand between the signal and the gateway. 64 MiB for young objects: a message leaves some
# 45 KiB behind, and with the usual 16 MiB collecting them often takes some tenth of the processor time.
CMD ["node", "--disable-warning=ExperimentalWarning", "--min-semi-space-size=64", "--max-semi-space-size=64", "src/main.ts"]
