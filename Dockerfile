# One image for the three commands: migrate, index and serve (docker-compose.yml and squid.yaml name them).

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY tsconfig.json schema.graphql ./
COPY scripts ./scripts
COPY src ./src
RUN npm run build

FROM node:20-slim
ENV NODE_ENV=production
WORKDIR /app
COPY package.json package-lock.json ./
# Optional packages are the local chain and database of the demo, which an image has no use for.
RUN npm ci --omit=dev --omit=optional --ignore-scripts && npm cache clean --force
COPY schema.graphql LICENSE ./
COPY db ./db
COPY --from=build /app/lib ./lib
USER node
EXPOSE 4350 4351
CMD ["node", "lib/cli/main.js", "serve"]
