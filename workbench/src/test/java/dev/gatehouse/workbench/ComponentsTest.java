package dev.gatehouse.workbench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportResource;
import org.springframework.context.annotation.PropertySource;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ReflectionUtils;

/** What Spring would not see, because it looks for it only in what is called a configuration. */
class ComponentsTest {

    @Test
    void onlyAConfigurationDeclaresBeans() {
        assertThat(Components.ours().filter(type -> !Components.isConfiguration(type)))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(ReflectionUtils.getAllDeclaredMethods(type))
                        .noneMatch(method -> AnnotatedElementUtils.hasAnnotation(method, Bean.class)));
    }

    @Test
    void onlyAConfigurationBringsOthersOrDependsOnThem() {
        var seenInConfigurations = List.of(
                Import.class,
                ImportResource.class,
                ComponentScan.class,
                PropertySource.class,
                ConditionalOnBean.class,
                ConditionalOnMissingBean.class,
                ConditionalOnSingleCandidate.class);

        assertThat(Components.ours().filter(type -> !Components.isConfiguration(type)))
                .isNotEmpty()
                .allSatisfy(type -> assertThat(seenInConfigurations)
                        .noneMatch(annotation -> AnnotatedElementUtils.hasAnnotation(type, annotation)));
    }
}
