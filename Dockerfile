# SPDX-FileCopyrightText: 2026 Countersign contributors
#
# SPDX-License-Identifier: AGPL-3.0-or-later

# Pin it where the image is built:
#   docker build --build-arg NODE_IMAGE=node@sha256:… -t countersign .
ARG NODE_IMAGE=node:24-bookworm-slim

# --- A few files of JavaScript -------------------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS build
WORKDIR /build

# --workspaces=false leaves out tools/node24, a second Node.js of 189 MB that only machines with an older one need.
# No package needs an install script, so none is run.
COPY package.json package-lock.json ./
RUN npm ci --workspaces=false --ignore-scripts --no-audit --no-fund

COPY LICENSES ./LICENSES
COPY tools/bundle.ts tools/notices.ts ./tools/
COPY src ./src
RUN npm run build

# --- Production dependencies ---------------------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS dependencies
WORKDIR /build

COPY package.json package-lock.json ./
# Nothing reads type declarations and source maps at run time.
RUN npm ci --omit=dev --workspaces=false --ignore-scripts --no-audit --no-fund \
 && find node_modules -type f '(' -name '*.d.ts' -o -name '*.d.[cm]ts' -o -name '*.map' ')' -delete

# --- The rest of the checkout --------------------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS files
WORKDIR /build

COPY package.json app.yml ./
COPY LICENSES ./LICENSES
COPY data ./data
COPY policies ./policies
COPY schemas ./schemas
COPY bin ./bin
# In a checkout that was made with a strict umask only root could read them.
RUN chmod -R u=rwX,go=rX .

# --- What runs -----------------------------------------------------------------------------------------------------
FROM ${NODE_IMAGE} AS runtime

LABEL org.opencontainers.image.title="Countersign" \
      org.opencontainers.image.description="Checks contributions against a policy: sign-offs, licenses, upstream first." \
      org.opencontainers.image.licenses="AGPL-3.0-or-later"

# In production the App refuses to start without credentials or with the default webhook secret, and logs JSON.
# Probot's default host, localhost, can't be reached from outside the container. What Node.js compiled is kept for the
# next start, where only this user can write. Seven threads that allocate each for themselves would keep 30 MB more.
ENV NODE_ENV=production \
    MALLOC_ARENA_MAX=2 \
    HOST=0.0.0.0 \
    PORT=3000 \
    COUNTERSIGN_DATA=/data \
    NODE_COMPILE_CACHE=/data/compiled

# What waits, and the ledger, are kept in /data unless DATABASE_URL says otherwise: mount a volume, which takes over owner
# and mode. `docker exec NAME countersign inbox list` finds the command.
RUN install -d -o 65532 -g 65532 -m 0700 /data \
 && ln -s /app/bin/countersign.js /usr/local/bin/countersign
VOLUME /data

WORKDIR /app
COPY --from=dependencies /build/node_modules ./node_modules
COPY --from=files /build ./
COPY --from=build /build/dist ./dist

# The rest belongs to root and the App writes nothing there, so that the root file system may be read-only.
# A number, not a name, because Kubernetes can't verify runAsNonRoot with a name.
USER 65532:65532

EXPOSE 3000
STOPSIGNAL SIGTERM

# /healthz says that the process answers. The slim image has no curl, but Node has fetch.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s --retries=3 \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]

# As `npm start` does: what the main thread makes of webhooks is soon forgotten, and needs little room.
CMD ["node", "--max-semi-space-size=4", "bin/app.js"]
