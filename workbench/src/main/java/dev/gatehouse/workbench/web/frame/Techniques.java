package dev.gatehouse.workbench.web.frame;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The names of the techniques that Defender for Identity reports. */
@Component
public class Techniques {

    private final Map<String, String> names = read();

    /** Names ids, in the order given; unknown ids stay, without a name. */
    public List<Technique> of(List<String> ids) {
        return ids.stream()
                .map(id -> new Technique(id, names.getOrDefault(id.toUpperCase(Locale.ROOT), "")))
                .toList();
    }

    private static Map<String, String> read() {
        try (var stream = Objects.requireNonNull(
                Techniques.class.getResourceAsStream("attack-techniques.txt"), "attack-techniques.txt is missing")) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(" ", 2))
                    .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read attack-techniques.txt", e);
        }
    }
}
