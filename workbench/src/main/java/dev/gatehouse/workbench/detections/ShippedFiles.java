package dev.gatehouse.workbench.detections;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The YAML files beside this package that come with the program. */
final class ShippedFiles {

    private static final String FOLDER = "classpath:dev/gatehouse/workbench/detections/";

    private ShippedFiles() {}

    /**
     * The files of one folder, without those below it.
     *
     * @param folder e.g. {@code rules/}
     * @return texts by their names without {@code .yaml}, in the order of the names
     */
    static Map<String, String> in(String folder) {
        var files = new TreeMap<String, String>();
        try {
            var resolver = new PathMatchingResourcePatternResolver(ShippedFiles.class.getClassLoader());
            for (var file : resolver.getResources(FOLDER + folder + "*.yaml")) {
                var name = Objects.requireNonNull(file.getFilename());
                files.put(
                        name.substring(0, name.length() - ".yaml".length()),
                        file.getContentAsString(StandardCharsets.UTF_8));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("The rules that come with the program cannot be read", e);
        }
    }
}
