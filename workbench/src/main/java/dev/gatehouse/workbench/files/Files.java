package dev.gatehouse.workbench.files;

import dev.gatehouse.model.TenantId;
import dev.gatehouse.workbench.files.StoredFile.Content;
import dev.gatehouse.workbench.files.StoredFile.Owner;
import dev.gatehouse.workbench.files.StoredFile.What;
import dev.gatehouse.workbench.investigations.Attachments;
import dev.gatehouse.workbench.investigations.HistoryAction;
import dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile;
import dev.gatehouse.workbench.investigations.InvestigationEvent.Change;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Fence;
import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.fields.FieldProblem;
import dev.gatehouse.workbench.platform.fields.InvalidFields;
import dev.gatehouse.workbench.platform.settings.Settings;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Keeps files in the database, in chunks. An upload takes one statement for each chunk and no transaction while bytes come in,
 * so that a slow client holds no connection; it counts once the last of them is stored. Reading one takes as many.
 */
@Component
public class Files {

    /** The newest that are shown of an investigation. */
    public static final int SHOWN = 500;

    /** In bytes. */
    static final int CHUNK = 256 * 1024;

    /** An upload that has gone on for so long has broken off with the process that took it. */
    static final Duration LONGEST_UPLOAD = Duration.ofHours(1);

    private static final int LONGEST_TYPE = 100;
    private static final int LONGEST_META = 16 * 1024;

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final JdbcClient database;
    private final Attachments attachments;
    private final Fence fence;
    private final Settings settings;
    private final InstantSource clock;

    Files(JdbcClient database, Attachments attachments, Fence fence, Settings settings, InstantSource clock) {
        this.database = database;
        this.attachments = attachments;
        this.fence = fence;
        this.settings = settings;
        this.clock = clock;
    }

    // Reading

    private static final String IN_SCOPE = "({organization} or {tenant})";

    private static JdbcClient.StatementSpec within(Scope scope, JdbcClient database, String sql) {
        var condition = IN_SCOPE.replace("{organization}", scope.organization("f.organization_id"))
                .replace("{tenant}", scope.tenant("f.tenant_id"));
        return database.sql(sql.replace(Scope.PLACE, condition)).param("scope", scope.parameter());
    }

    private static final String ONE = "select f.* from file f where f.id = :id and f.deleted_at is null and {scope}";

    /** One, whether it is uploaded or not. */
    public Optional<StoredFile> find(Scope scope, UUID id) {
        return find(scope, id, ONE);
    }

    private Optional<StoredFile> find(Scope scope, UUID id, String sql) {
        return within(scope, database, sql)
                .param("id", id)
                .query((row, number) -> file(row))
                .optional();
    }

    private static final String OF = """
            select f.* from file f
            where (f.investigation_id = :investigation or f.alert_id = any (:alerts))
              and f.uploaded_at is not null and f.deleted_at is null and {scope}
            order by f.created_at desc, f.id desc limit :limit
            """;

    /** The newest of an investigation, of its actions and of those of alerts that are in it, newest first; uploaded ones. */
    public List<StoredFile> of(Scope scope, UUID investigation, Collection<UUID> alertIds) {
        return within(scope, database, OF)
                .param("investigation", investigation)
                .param("alerts", alertIds.toArray(UUID[]::new))
                .param("limit", SHOWN)
                .query((row, number) -> file(row))
                .list();
    }

    private static final String COUNT = """
            select f.action_id, count(*) as files from file f
            where f.action_id = any (:actions) and f.uploaded_at is not null and f.deleted_at is null and {scope}
            group by f.action_id
            """;

    /** How many uploaded files actions have, those that have any. */
    public Map<UUID, Long> count(Scope scope, Collection<UUID> actions) {
        var counts = new HashMap<UUID, Long>();
        within(scope, database, COUNT)
                .param("actions", actions.toArray(UUID[]::new))
                .query(row -> {
                    counts.put(row.getObject("action_id", UUID.class), row.getLong("files"));
                });
        return counts;
    }

    private static StoredFile file(ResultSet row) throws SQLException {
        var at = Columns.optionalInstant(row, "uploaded_at");
        return new StoredFile(
                row.getObject("id", UUID.class),
                new Owner(
                        Optional.ofNullable(row.getObject("investigation_id", UUID.class)),
                        Optional.ofNullable(row.getObject("action_id", UUID.class))),
                new What(
                        new FileName(row.getString("filename")),
                        row.getString("file_type"),
                        JSON.readTree(row.getString("meta"))),
                at.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Content(
                                row.getObject("upload", UUID.class),
                                row.getLong("bytes"),
                                row.getString("sha256"),
                                row.getString("content_type"),
                                at.get())),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                row.getInt("revision"));
    }

    private static final String CHUNK_OF = """
            select c.bytes from file_chunk c join file f on f.id = c.file_id
            where c.file_id = :id and c.upload = :upload and c.number = :number and f.deleted_at is null and {scope}
            """;

    /**
     * Writes all bytes of an uploaded file, a chunk at a time.
     *
     * @throws IOException when whoever reads is gone, or the file was removed meanwhile
     */
    public void write(Scope scope, StoredFile file, OutputStream out) throws IOException {
        var content = file.content().orElseThrow();
        for (int number = 0; (long) number * CHUNK < content.bytes(); number++) {
            var chunk = within(scope, database, CHUNK_OF)
                    .param("id", file.id())
                    .param("upload", content.upload())
                    .param("number", number)
                    .query((row, place) -> row.getBytes("bytes"))
                    .optional()
                    .orElseThrow(() -> new IOException("The file %s was removed meanwhile".formatted(file.id())));
            out.write(chunk);
        }
    }

    // Writing

    private <T> T at(Scope scope, Owner owner, Attachments.Work<T> work) {
        return owner.action().isPresent()
                ? attachments.toAction(scope, owner.action().get(), work)
                : attachments.toInvestigation(scope, owner.investigation().orElseThrow(NoSuchInvestigation::new), work);
    }

    private static void check(What what) {
        var problems = new ArrayList<FieldProblem>();
        if (what.type().length() > LONGEST_TYPE) {
            problems.add(FieldProblem.error(
                    "expel_file_type", "This is too long. Use at most %d characters.".formatted(LONGEST_TYPE)));
        }
        if (!what.meta().isObject() || JSON.writeValueAsString(what.meta()).length() > LONGEST_META) {
            problems.add(FieldProblem.error(
                    "file_meta", "This must be an object of at most %d characters.".formatted(LONGEST_META)));
        }
        if (!problems.isEmpty()) {
            throw new InvalidFields(problems);
        }
    }

    private static final String INSERT = """
            insert into file (id, organization_id, investigation_id, tenant_id, alert_id, action_id, filename, file_type, meta,
                              created_by_id, created_by, updated_by_id, created_at, updated_at, revision)
            values (:id, :organization, :investigation, :tenant, :alert, :action, :filename, :type, :meta::jsonb,
                    :actor, :name, :actor, :now, :now, 0)
            """;

    /**
     * Says that a file will be uploaded.
     *
     * @param owner what it belongs to: the action when there is one, else the investigation
     * @throws NoSuchInvestigation when what it belongs to is not there, or not in scope
     * @throws InvalidFields when something is too long
     */
    public UUID add(Scope scope, Actor actor, Owner owner, What what) {
        check(what);
        return at(scope, owner, inside -> {
            var id = UUID.randomUUID();
            database.sql(INSERT)
                    .param("id", id)
                    .param("organization", inside.organization().orElse(null))
                    .param("investigation", inside.investigation().orElse(null))
                    .param("tenant", inside.tenant().map(TenantId::value).orElse(null))
                    .param("alert", inside.alert().orElse(null))
                    .param("action", owner.action().orElse(null))
                    .param("filename", Columns.text(what.name().text()))
                    .param("type", Columns.text(what.type()))
                    .param("meta", meta(what))
                    .param("actor", actor.id().orElse(null))
                    .param("name", actor.name())
                    .param("now", Columns.timestamp(inside.now()))
                    .update();
            return id;
        });
    }

    /** PostgreSQL's {@code jsonb} holds no NUL. */
    private static String meta(What what) {
        return JSON.writeValueAsString(what.meta()).replace("\\u0000", "\\ufffd");
    }

    private static final String BROKEN_OFF = """
            with broken as (
                update file set upload = null, upload_started_at = null
                where uploaded_at is null and upload_started_at < :stale
                returning id
            )
            delete from file_chunk c using broken b where c.file_id = b.id
            """;

    private static final String CLAIM = """
            update file f set upload = :upload, upload_started_at = :now
            where f.id = :id and f.uploaded_at is null and f.upload_started_at is null and f.deleted_at is null and {scope}
            """;

    /** Forgets what uploads have left behind whose process ended before they did; they can be done again. */
    void clearBrokenOff() {
        database.sql(BROKEN_OFF)
                .param("stale", Columns.timestamp(clock.instant().minus(LONGEST_UPLOAD)))
                .update();
    }

    /**
     * Takes the bytes of a file.
     *
     * @param bytes is read to its end, unless that is too far
     * @throws NoSuchInvestigation when there is no such file in scope
     */
    public Uploaded upload(Scope scope, Actor actor, UUID id, InputStream bytes) {
        var file = find(scope, id).orElseThrow(NoSuchInvestigation::new);
        if (file.content().isPresent()) {
            return already(file);
        }
        var now = clock.instant();
        clearBrokenOff();
        var upload = UUID.randomUUID();
        var claimed = within(scope, database, CLAIM)
                .param("upload", upload)
                .param("now", Columns.timestamp(now))
                .param("id", id)
                .update();
        if (claimed == 0) {
            return find(scope, id)
                    .filter(there -> there.content().isPresent())
                    .map(Files::already)
                    .orElseGet(() -> new Uploaded.Refused(
                            "“%s” is being uploaded already. If that has broken off, wait an hour, or create another file."
                                    .formatted(file.what().name())));
        }
        var isKept = false;
        try {
            var taken = take(file, upload, bytes);
            isKept = taken.isPresent() && finish(scope, actor, file, taken.get());
            return isKept ? new Uploaded.Kept(find(scope, id).orElseThrow(NoSuchInvestigation::new)) : tooLarge(file);
        } catch (IOException e) {
            return new Uploaded.BrokeOff("The upload ended before the file was complete, and nothing of it was kept.");
        } finally {
            if (!isKept) {
                giveUp(id, upload);
            }
        }
    }

    private static Uploaded already(StoredFile file) {
        var content = file.content().orElseThrow();
        return new Uploaded.Refused(
                "“%s” was uploaded already: %d bytes with the SHA-256 %s. Create another file for other bytes."
                        .formatted(file.what().name(), content.bytes(), content.sha256()));
    }

    private Uploaded tooLarge(StoredFile file) {
        return new Uploaded.TooLarge(
                "“%s” is larger than %s, which is what a file may have here (the setting gatehouse.files.max-bytes)."
                        .formatted(file.what().name(), largest()));
    }

    /** The largest file that is taken, in words, e.g. {@code 25 MB}. */
    public String largest() {
        var bytes = settings.files().maxBytes().toBytes();
        return bytes % (1 << 20) == 0 ? "%d MB".formatted(bytes >> 20) : "%d bytes".formatted(bytes);
    }

    private static final String KEEP = """
            insert into file_chunk (file_id, upload, number, organization_id, tenant_id, bytes)
            select f.id, :upload, :number, f.organization_id, f.tenant_id, :bytes from file f
            where f.id = :id and f.upload = :upload
            """;

    /** The content that is stored; empty when it is too large. */
    private Optional<Content> take(StoredFile file, UUID upload, InputStream bytes) throws IOException {
        var largest = settings.files().maxBytes().toBytes();
        var digest = sha256();
        var type = ContentType.UNKNOWN;
        var size = 0L;
        for (var number = 0; ; number++) {
            var chunk = bytes.readNBytes(CHUNK);
            size += chunk.length;
            if (size > largest) {
                return Optional.empty();
            }
            if (chunk.length == 0) {
                break;
            }
            if (number == 0) {
                type = ContentType.of(chunk);
            }
            digest.update(chunk);
            database.sql(KEEP)
                    .param("id", file.id())
                    .param("upload", upload)
                    .param("number", number)
                    .param("bytes", chunk)
                    .update();
        }
        return Optional.of(new Content(upload, size, HexFormat.of().formatHex(digest.digest()), type, clock.instant()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform must offer SHA-256", e);
        }
    }

    private static final String FINISH = """
            update file f set uploaded_at = :now, upload_started_at = null, bytes = :bytes, sha256 = :sha256,
                content_type = :type, updated_at = :now, updated_by_id = :actor, revision = f.revision + 1
            where f.id = :id and f.upload = :upload and f.uploaded_at is null and f.deleted_at is null
            returning f.revision
            """;

    private boolean finish(Scope scope, Actor actor, StoredFile file, Content content) {
        return at(scope, file.owner(), inside -> {
            var revision = database.sql(FINISH)
                    .param("id", file.id())
                    .param("upload", content.upload())
                    .param("bytes", content.bytes())
                    .param("sha256", content.sha256())
                    .param("type", content.type())
                    .param("actor", actor.id().orElse(null))
                    .param("now", Columns.timestamp(inside.now()))
                    .query(Integer.class)
                    .optional()
                    .orElseThrow(NoSuchInvestigation::new);
            inside.note(
                    file.id(),
                    HistoryAction.CREATED,
                    actor,
                    revision,
                    Map.of(
                            "name",
                            file.what().name().text(),
                            "sha256",
                            content.sha256(),
                            "bytes",
                            Long.toString(content.bytes()),
                            "content_type",
                            content.type()),
                    List.of());
            if (file.what().isResult()) {
                file.owner().action().ifPresent(action -> inside.result(action, file.id()));
            }
            return true;
        });
    }

    private static final String GIVE_UP = """
            with claim as (
                update file set upload = null, upload_started_at = null
                where id = :id and upload = :upload and uploaded_at is null
            )
            delete from file_chunk where file_id = :id and upload = :upload
            """;

    private void giveUp(UUID id, UUID upload) {
        database.sql(GIVE_UP).param("id", id).param("upload", upload).update();
    }

    private StoredFile locked(Scope scope, UUID id, int seen, Attachments.Inside inside) {
        var file = find(scope, id, ONE + " for update").orElseThrow(NoSuchInvestigation::new);
        inside.requireUnchanged(id, seen, file.revision());
        return file;
    }

    private static final String CHANGE = """
            update file set filename = :filename, file_type = :type, meta = :meta::jsonb, updated_at = :now,
                updated_by_id = :actor, revision = revision + 1
            where id = :id
            """;

    /**
     * Says something else of a file; its bytes stay what they are.
     *
     * @param seen the revision that somebody looked at
     * @throws NoSuchInvestigation when there is no such file in scope
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     * @throws InvalidFields when something is too long
     */
    public void change(Scope scope, Actor actor, UUID id, int seen, What what) {
        check(what);
        var owner = find(scope, id).orElseThrow(NoSuchInvestigation::new).owner();
        at(scope, owner, inside -> {
            var before = locked(scope, id, seen, inside);
            var changes = changes(before.what(), what);
            if (changes.isEmpty()) {
                return false;
            }
            database.sql(CHANGE)
                    .param("id", id)
                    .param("filename", Columns.text(what.name().text()))
                    .param("type", Columns.text(what.type()))
                    .param("meta", meta(what))
                    .param("actor", actor.id().orElse(null))
                    .param("now", Columns.timestamp(inside.now()))
                    .update();
            inside.note(
                    id,
                    HistoryAction.UPDATED,
                    actor,
                    before.revision() + 1,
                    Map.of("name", what.name().text()),
                    changes);
            if (before.content().isPresent() && before.what().isResult() != what.isResult()) {
                if (what.isResult()) {
                    owner.action().ifPresent(action -> inside.result(action, id));
                } else {
                    inside.noResult(id);
                }
            }
            return true;
        });
    }

    private static List<Change> changes(What before, What after) {
        var changes = new ArrayList<Change>();
        add(changes, "filename", before.name().text(), after.name().text());
        add(changes, "expel_file_type", before.type(), after.type());
        if (!before.meta().equals(after.meta())) {
            add(changes, "file_meta", meta(before), meta(after));
        }
        return changes;
    }

    private static void add(List<Change> changes, String what, String from, String to) {
        if (!from.equals(to)) {
            changes.add(new Change(what, from, to));
        }
    }

    private static final String REMOVE = """
            with gone as (delete from file_chunk where file_id = :id)
            update file set deleted_at = :now, updated_at = :now, updated_by_id = :actor, upload = null,
                upload_started_at = null, revision = revision + 1
            where id = :id
            """;

    /**
     * Removes a file. Its bytes are gone for good; the history keeps its name and its hash.
     *
     * @param seen the revision that somebody looked at
     * @throws NoSuchInvestigation when there is no such file in scope
     * @throws InvestigationChangedMeanwhile when it has changed since; nothing is done then
     */
    public void remove(Scope scope, Actor actor, UUID id, int seen) {
        var owner = find(scope, id).orElseThrow(NoSuchInvestigation::new).owner();
        at(scope, owner, inside -> {
            var file = locked(scope, id, seen, inside);
            inside.noResult(id);
            database.sql(REMOVE)
                    .param("id", id)
                    .param("actor", actor.id().orElse(null))
                    .param("now", Columns.timestamp(inside.now()))
                    .update();
            var facts = new HashMap<>(Map.of("name", file.what().name().text()));
            file.content().ifPresent(content -> facts.put("sha256", content.sha256()));
            inside.note(id, HistoryAction.DELETED, actor, file.revision() + 1, facts, List.of());
            return true;
        });
    }

    /** Takes back that a file will be uploaded, when that came to nothing; an uploaded one stays. */
    public void forget(Scope scope, UUID id) {
        fence.run(() -> within(
                        scope, database, "delete from file f where f.id = :id and f.uploaded_at is null and {scope}")
                .param("id", id)
                .update());
    }
}
