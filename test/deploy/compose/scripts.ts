/**
 * As the image of PostgreSQL begins: a new cluster whose superuser and only database are called after `POSTGRES_USER`. Its
 * folder is `PGHOST`, by which `pg_isready` finds it, too.
 */
export const POSTGRESQL_BEGINS = `
printf %s "$POSTGRES_PASSWORD" > "$PGHOST/password"
initdb --pgdata "$PGHOST/data" --username "$POSTGRES_USER" --pwfile "$PGHOST/password" --auth-host scram-sha-256 >&2
echo "CREATE DATABASE $POSTGRES_USER" | postgres --single -D "$PGHOST/data" postgres >&2
exec postgres -D "$PGHOST/data" -c listen_addresses='*' -c unix_socket_directories="$PGHOST"
`;

/**
 * As Temporal's image `auto-setup` begins: databases and their schemas, then the server; and beside it, once that answers, the
 * namespace, and some search attributes for people who try things, which leave less room for others.
 */
export const AUTO_SETUP_BEGINS = `
export SQL_PLUGIN="$DB" SQL_HOST="$POSTGRES_SEEDS" SQL_PORT="$DB_PORT" SQL_USER="$POSTGRES_USER" SQL_PASSWORD="$POSTGRES_PWD"
schema() {
  [ "$1" = "$POSTGRES_USER" ] || "$SQL_TOOL" --db "$1" create
  "$SQL_TOOL" --db "$1" setup-schema -v 0.0
  "$SQL_TOOL" --db "$1" update-schema -d "$SOURCES/schema/postgresql/v12/$2/versioned"
}
schema temporal temporal
schema temporal_visibility visibility
until_done() { for _ in $(seq 120); do if "$@"; then return; fi; sleep 0.5; done; }
{
  until_done "$CLI" operator namespace create --retention 24h --namespace default
  until_done "$CLI" operator search-attribute list --namespace default
  "$CLI" operator search-attribute create --namespace default --name CustomKeywordField --type Keyword \\
    --name CustomStringField --type Text --name CustomTextField --type Text --name CustomIntField --type Int \\
    --name CustomDatetimeField --type Datetime --name CustomDoubleField --type Double --name CustomBoolField --type Bool
} >&2 &
exec "$SERVER" --root "$SOURCES" --env docker --allow-no-auth start
`;

/** As the image of the Web UI begins: its configuration is made of the environment. */
export const WEB_UI_BEGINS = `
cat > "$CONFIG/docker.yaml" <<END
temporalGrpcAddress: $TEMPORAL_ADDRESS
host: 127.0.0.1
port: $TEMPORAL_UI_PORT
enableUi: true
defaultNamespace: default
END
exec "$SERVER" --root "$CONFIG" --config . --env docker start
`;
