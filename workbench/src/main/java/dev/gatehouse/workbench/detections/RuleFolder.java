package dev.gatehouse.workbench.detections;

import dev.gatehouse.workbench.platform.settings.DataDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The provider's rules in {@code rules/*.yaml} of the data directory. A file that is wrong leaves what it said before in
 * force, and is named in the log once and on the page until it is mended.
 */
@Component
class RuleFolder {

    private static final Logger log = LoggerFactory.getLogger(RuleFolder.class);
    private static final String NAME = "rules";
    private static final int MOST_FILES = 2_000;
    private static final long LONGEST_FILE = 64 * 1024;

    private final Path folder;
    private final RuleReader reader;
    private final Map<String, State> files = new TreeMap<>();

    /** What was read of a file. */
    private record State(String stamp, Optional<LoadedRule> rule, List<RuleProblem> problems) {}

    RuleFolder(DataDirectory directory, RuleReader reader) {
        this.folder = directory.resolve(NAME);
        this.reader = reader;
    }

    /** Reads what has changed since the last time. Whether anything has. */
    synchronized boolean look() {
        var present = new HashSet<String>();
        var hasChanged = false;
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> all = Files.newDirectoryStream(folder, "*.yaml")) {
                for (var file : all) {
                    if (present.size() < MOST_FILES && Files.isRegularFile(file)) {
                        present.add(nameOf(file));
                        hasChanged |= look(file);
                    }
                }
            } catch (IOException e) {
                log.warn(
                        "The rules in {} cannot be listed; those that were read stay in force ({})",
                        folder,
                        e.toString());
                return hasChanged;
            }
        }
        return files.keySet().retainAll(present) || hasChanged;
    }

    private static String nameOf(Path file) {
        return NAME + "/" + file.getFileName();
    }

    private boolean look(Path file) {
        var name = nameOf(file);
        var before = Optional.ofNullable(files.get(name));
        try {
            var stamp = Files.getLastModifiedTime(file) + " " + Files.size(file);
            if (before.filter(state -> state.stamp().equals(stamp)).isPresent()) {
                return false;
            }
            var rule = read(file, name);
            files.put(name, new State(stamp, Optional.of(rule), List.of()));
            log.info("The rule {} is read from {}", rule.id(), name);
            return true;
        } catch (InvalidRule e) {
            return refused(file, name, before, e.problems());
        } catch (IOException e) {
            return refused(
                    file, name, before, List.of(new RuleProblem(name, 0, 0, "It cannot be read: %s.".formatted(e))));
        }
    }

    private LoadedRule read(Path file, String name) throws IOException, InvalidRule {
        if (Files.size(file) > LONGEST_FILE) {
            throw new InvalidRule(List.of(new RuleProblem(name, 0, 0, "It is longer than 64 KiB.")));
        }
        return reader.read(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8))
                .of(RuleSource.PROVIDER, Optional.empty(), name);
    }

    private boolean refused(Path file, String name, Optional<State> before, List<RuleProblem> problems) {
        var isNew = before.filter(state -> state.problems().equals(problems)).isEmpty();
        String stamp;
        try {
            stamp = Files.getLastModifiedTime(file) + " " + Files.size(file);
        } catch (IOException e) {
            stamp = "";
        }
        files.put(name, new State(stamp, before.flatMap(State::rule), problems));
        if (isNew) {
            log.warn(
                    "A detection rule is refused{}: {}",
                    before.flatMap(State::rule).isPresent() ? ", and what it said before stays in force" : "",
                    problems.getFirst());
        }
        return isNew;
    }

    /**
     * The rules that are in force.
     *
     * @param taken ids of rules that are not in files, which no file may have
     * @param refused is given what keeps a file out
     */
    synchronized List<LoadedRule> rules(Set<RuleId> taken, List<RuleProblem> refused) {
        var byId = new HashMap<RuleId, LoadedRule>();
        files.forEach((name, state) -> {
            refused.addAll(state.problems());
            state.rule().ifPresent(rule -> {
                if (taken.contains(rule.id())) {
                    refused.add(new RuleProblem(
                            name,
                            1,
                            1,
                            "Another rule has the id %s already. Choose one of your own, and switch the other rule off if this is to replace it."
                                    .formatted(rule.id())));
                } else if (byId.putIfAbsent(rule.id(), rule) != null) {
                    refused.add(new RuleProblem(
                            name,
                            1,
                            1,
                            "%s has the id %s already."
                                    .formatted(byId.get(rule.id()).origin(), rule.id())));
                }
            });
        });
        return List.copyOf(byId.values());
    }
}
