package dev.gatehouse.workbench.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatehouse.workbench.WorkbenchParts;
import dev.gatehouse.workbench.alerts.AlertParts;
import dev.gatehouse.workbench.files.StoredFile.Owner;
import dev.gatehouse.workbench.files.StoredFile.What;
import dev.gatehouse.workbench.investigations.InvestigationActions;
import dev.gatehouse.workbench.investigations.InvestigationChangedMeanwhile;
import dev.gatehouse.workbench.investigations.InvestigationHistory;
import dev.gatehouse.workbench.investigations.InvestigationParts;
import dev.gatehouse.workbench.investigations.InvestigationWords;
import dev.gatehouse.workbench.investigations.InvestigativeAction;
import dev.gatehouse.workbench.investigations.InvestigativeActions;
import dev.gatehouse.workbench.investigations.NoSuchInvestigation;
import dev.gatehouse.workbench.people.Actor;
import dev.gatehouse.workbench.people.OrganizationDraft;
import dev.gatehouse.workbench.people.Organizations;
import dev.gatehouse.workbench.platform.database.Columns;
import dev.gatehouse.workbench.platform.database.Scope;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Files from the first byte to their removal, on a real database. A file may have 2 MB here. */
class FilesTest {

    private static final Scope ALL = Scope.everything();
    private static final Actor ADA = new Actor(Actor.Kind.USER, Optional.of(UUID.randomUUID()), "Ada");
    private static final int LARGEST = 2 << 20;

    private final AlertParts parts = new AlertParts(
            InvestigationParts.into(new WorkbenchParts()).with(Files.class).with("files.max-bytes", "2MB"));
    private final UUID acme = organization("ACME");
    private final UUID globex = organization("GLOBEX");
    private final UUID investigation = parts.get(InvestigationActions.class).open(ALL, ADA, acme, "Theft");
    private final Files files = parts.get(Files.class);

    @AfterEach
    void close() throws IOException {
        parts.close();
    }

    private UUID organization(String name) {
        return parts.get(Organizations.class)
                .add(new OrganizationDraft(name + " Ltd", name, "", "", ""))
                .id();
    }

    private static What named(String name) {
        return new What(new FileName(name), "", JsonMapper.shared().createObjectNode());
    }

    private static Owner of(UUID investigation) {
        return new Owner(Optional.of(investigation), Optional.empty());
    }

    private UUID add(String name) {
        return files.add(ALL, ADA, of(investigation), named(name));
    }

    private Uploaded upload(UUID file, byte[] bytes) {
        return files.upload(ALL, ADA, file, new ByteArrayInputStream(bytes));
    }

    private static byte[] random(int length) {
        var bytes = new byte[length];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private byte[] read(UUID file) throws IOException {
        var out = new ByteArrayOutputStream();
        files.write(ALL, files.find(ALL, file).orElseThrow(), out);
        return out.toByteArray();
    }

    private long chunks() {
        return parts.get(JdbcClient.class)
                .sql("select count(*) from file_chunk")
                .query(Long.class)
                .single();
    }

    private List<String> sentences() {
        return parts.get(InvestigationHistory.class).of(ALL, investigation, 100).reversed().stream()
                .map(InvestigationWords::sentence)
                .filter(sentence -> sentence.contains("file"))
                .toList();
    }

    @Test
    void givesBackTheBytesThatCameAndTheirHash() throws Exception {
        for (var length : new int[] {0, 1, Files.CHUNK - 1, Files.CHUNK, Files.CHUNK + 1, LARGEST}) {
            var bytes = random(length);
            var id = add("capture.pcap");

            assertThat(upload(id, bytes)).isInstanceOf(Uploaded.Kept.class);

            assertThat(read(id)).as("%d bytes", length).isEqualTo(bytes);
            var content = files.find(ALL, id).orElseThrow().content().orElseThrow();
            assertThat(content.bytes()).isEqualTo(length);
            assertThat(content.sha256())
                    .isEqualTo(HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        }
    }

    @Test
    void refusesOneByteTooManyAndKeepsNothingOfIt() {
        var id = add("dump.bin");

        assertThat(upload(id, random(LARGEST + 1)))
                .isEqualTo(
                        new Uploaded.TooLarge(
                                "“dump.bin” is larger than 2 MB, which is what a file may have here (the setting gatehouse.files.max-bytes)."));

        assertThat(chunks()).isZero();
        assertThat(files.find(ALL, id).orElseThrow().content()).isEmpty();
        assertThat(files.of(ALL, investigation, List.of())).isEmpty();
    }

    @Test
    void anUploadThatBreaksOffLeavesNothingAndCanBeDoneAgain() throws IOException {
        var id = add("dump.bin");
        var broken = new SequenceInputStream(new ByteArrayInputStream(random(Files.CHUNK + 9)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("The connection was reset");
            }

            @Override
            public int read(byte[] into, int from, int length) throws IOException {
                return read();
            }
        });

        assertThat(files.upload(ALL, ADA, id, broken)).isInstanceOf(Uploaded.BrokeOff.class);

        assertThat(chunks()).isZero();
        assertThat(files.of(ALL, investigation, List.of())).isEmpty();
        assertThat(upload(id, random(9))).isInstanceOf(Uploaded.Kept.class);
        assertThat(read(id)).isEqualTo(random(9));
    }

    @Test
    void aFileIsUploadedOnce() {
        var id = add("a.txt");
        upload(id, "Seen".getBytes(StandardCharsets.UTF_8));

        assertThat(upload(id, "Other".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(Uploaded.Refused.class, refused -> assertThat(refused.sentence())
                        .startsWith("“a.txt” was uploaded already: 4 bytes with the SHA-256 "));
    }

    @Test
    void twoDoNotUploadTheSameFileAtOnce() {
        var id = add("a.bin");
        var second = new Uploaded[1];
        var first = files.upload(ALL, ADA, id, new ByteArrayInputStream(random(5)) {
            @Override
            public byte[] readNBytes(int length) throws IOException {
                if (second[0] == null) {
                    second[0] = upload(id, random(3));
                }
                return super.readNBytes(length);
            }
        });

        assertThat(first).isInstanceOf(Uploaded.Kept.class);
        assertThat(second[0]).isInstanceOfSatisfying(Uploaded.Refused.class, refused -> assertThat(refused.sentence())
                .contains("is being uploaded already"));
    }

    @Test
    void whatAProcessLeftBehindIsClearedByItself() {
        var id = add("a.bin");
        leaveBehind(id);
        var keeping = new UploadKeeping(files);

        keeping.run();
        assertThat(chunks()).isEqualTo(1);
        parts.clock().advance(Files.LONGEST_UPLOAD.plusSeconds(1));
        keeping.run();

        assertThat(chunks()).isZero();
        assertThat(upload(id, random(3))).isInstanceOf(Uploaded.Kept.class);
    }

    /** As a process that ended while it took a file. */
    private void leaveBehind(UUID id) {
        parts.get(JdbcClient.class)
                .sql("update file set upload = id, upload_started_at = :at where id = :id")
                .param("id", id)
                .param("at", Columns.timestamp(parts.clock().instant()))
                .update();
        parts.get(JdbcClient.class)
                .sql("insert into file_chunk values (:id, :id, 0, :acme, null, 'left')")
                .param("id", id)
                .param("acme", acme)
                .update();
    }

    @Test
    void whatAProcessLeftBehindIsClearedByTheNextUpload() {
        var id = add("a.bin");
        leaveBehind(id);

        assertThat(upload(id, random(3))).isInstanceOf(Uploaded.Refused.class);
        parts.clock().advance(Files.LONGEST_UPLOAD.plusSeconds(1));
        upload(add("other.bin"), random(3));

        assertThat(chunks()).isEqualTo(1);
        assertThat(upload(id, random(3))).isInstanceOf(Uploaded.Kept.class);
    }

    @Test
    void theHistorySaysWhatWasAddedChangedAndRemoved() {
        var id = add("a.txt");
        upload(id, "Seen".getBytes(StandardCharsets.UTF_8));
        files.change(ALL, ADA, id, 1, named("b.txt"));
        files.remove(ALL, ADA, id, 2);

        assertThat(sentences()).hasSize(3);
        assertThat(sentences().get(0)).startsWith("Ada added the file “a.txt”, SHA-256 ");
        assertThat(sentences().get(1)).isEqualTo("Ada changed the file “b.txt”: filename “a.txt” → “b.txt”.");
        assertThat(sentences().get(2)).startsWith("Ada deleted the file “b.txt”, SHA-256 ");
        assertThat(chunks()).isZero();
        assertThat(files.find(ALL, id)).isEmpty();
    }

    @Test
    void overwritesAndRemovesNothingThatSomebodyElseChanged() {
        var id = add("a.txt");
        files.change(ALL, ADA, id, 0, named("b.txt"));

        assertThatThrownBy(() -> files.change(ALL, ADA, id, 0, named("c.txt")))
                .isInstanceOf(InvestigationChangedMeanwhile.class);
        assertThatThrownBy(() -> files.remove(ALL, ADA, id, 0)).isInstanceOf(InvestigationChangedMeanwhile.class);
    }

    @Test
    void aResultOfAnActionIsItsResultFileUntilItIsRemoved() {
        var action = parts.get(InvestigativeActions.class)
                .add(
                        ALL,
                        ADA,
                        investigation,
                        InvestigativeAction.Type.MANUAL,
                        new InvestigativeAction.Said("Look", "", "", ""),
                        Optional.empty());
        var meta = JsonMapper.shared().readTree("{\"investigative_action\": {\"file_type\": \"results\"}}");
        var id = files.add(
                ALL,
                ADA,
                new Owner(Optional.empty(), Optional.of(action)),
                new What(new FileName("results.json"), "", meta));

        assertThat(result(action)).isEmpty();
        upload(id, random(3));
        assertThat(result(action)).contains(id);
        assertThat(files.count(ALL, List.of(action))).containsEntry(action, 1L);
        assertThat(files.of(ALL, investigation, List.of())).hasSize(1);
        files.remove(ALL, ADA, id, 1);
        assertThat(result(action)).isEmpty();
        assertThat(files.count(ALL, List.of(action))).isEmpty();
    }

    private Optional<UUID> result(UUID action) {
        return parts.get(JdbcClient.class)
                .sql("select result_file_id from investigative_action where id = :id and result_file_id is not null")
                .param("id", action)
                .query(UUID.class)
                .optional();
    }

    @Test
    void whoeverBelongsToAnotherOrganizationFindsNothing() {
        var id = add("a.txt");
        upload(id, random(3));
        var others = Scope.of(globex);
        var file = files.find(ALL, id).orElseThrow();

        assertThat(files.find(Scope.of(acme), id)).isPresent();
        assertThat(files.find(others, id)).isEmpty();
        assertThat(files.of(others, investigation, List.of())).isEmpty();
        assertThatThrownBy(() -> files.write(others, file, new ByteArrayOutputStream()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> files.add(others, ADA, of(investigation), named("b.txt")))
                .isInstanceOf(NoSuchInvestigation.class);
        assertThatThrownBy(() -> files.upload(others, ADA, id, InputStream.nullInputStream()))
                .isInstanceOf(NoSuchInvestigation.class);
        assertThatThrownBy(() -> files.remove(others, ADA, id, 1)).isInstanceOf(NoSuchInvestigation.class);
    }
}
