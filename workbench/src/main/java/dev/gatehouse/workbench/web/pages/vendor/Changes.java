package dev.gatehouse.workbench.web.pages.vendor;

import dev.gatehouse.model.ContentHash;
import dev.gatehouse.model.Original;
import dev.gatehouse.workbench.records.Difference;
import dev.gatehouse.workbench.records.Differences;
import dev.gatehouse.workbench.records.Version;
import dev.gatehouse.workbench.web.frame.NotHere;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What a version of a record changed, compared with the one before it. */
final class Changes {

    private Changes() {}

    /**
     * Compares a version with the one before it.
     *
     * @param versions all of the record, newest first
     * @param version which one; the oldest changed nothing
     * @param originals where to find the text of each
     */
    static List<Difference> of(
            List<Version> versions, ContentHash version, Function<ContentHash, Optional<Original>> originals) {
        var hashes = versions.stream().map(Version::hash).toList();
        var place = hashes.indexOf(version);
        if (place < 0) {
            throw new NotHere();
        }
        if (place == hashes.size() - 1) {
            return List.of();
        }
        var before = originals.apply(hashes.get(place + 1)).orElseThrow(NotHere::new);
        return Differences.between(before, originals.apply(version).orElseThrow(NotHere::new));
    }
}
