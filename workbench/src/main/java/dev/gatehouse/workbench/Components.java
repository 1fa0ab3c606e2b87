package dev.gatehouse.workbench;

import java.util.function.Predicate;
import java.util.stream.Stream;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.AnnotatedBeanDefinitionReader;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FullyQualifiedAnnotationBeanNameGenerator;
import org.springframework.context.annotation.ImportSelector;
import org.springframework.context.index.CandidateComponentsIndexLoader;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/**
 * Tells Spring of our components by their classes. A {@code @ComponentScan} would read each one's class file as well,
 * and look in it for what only a configuration has.
 *
 * <p>These are registered after Spring Boot's configurations have been judged, so that no component keeps one of them
 * away by its type. What is to do so stands in a configuration; those come first, by {@link Configurations}. Nor does
 * Spring look in a component for {@code @Bean}, {@code @Import} or conditions about beans: {@code ComponentsTest} fails
 * where it has one.
 */
final class Components implements BeanDefinitionRegistryPostProcessor {

    private static final String OURS = Components.class.getPackageName();

    private final Environment environment;

    Components(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        var reader = new AnnotatedBeanDefinitionReader(registry, environment);
        // Full names, because two rooms may each have a thing of the same short name.
        reader.setBeanNameGenerator(FullyQualifiedAnnotationBeanNameGenerator.INSTANCE);
        ours().filter(Predicate.not(Components::isConfiguration)).forEach(reader::registerBean);
    }

    /** Names our configurations to Spring. */
    static final class Configurations implements ImportSelector {

        @Override
        public String[] selectImports(AnnotationMetadata importing) {
            return ours().filter(Components::isConfiguration)
                    .filter(type -> !type.isAnnotationPresent(SpringBootConfiguration.class))
                    .map(Class::getName)
                    .toArray(String[]::new);
        }
    }

    static boolean isConfiguration(Class<?> type) {
        return AnnotatedElementUtils.hasAnnotation(type, Configuration.class);
    }

    /** All that a {@code @ComponentScan} would find, from the list that the compiler has written. */
    static Stream<Class<?>> ours() {
        var loader = Components.class.getClassLoader();
        var index = CandidateComponentsIndexLoader.loadIndex(loader);
        if (index == null) {
            throw new IllegalStateException(
                    "%s is missing: the compiler writes it when it runs Spring's indexer, see pom.xml"
                            .formatted(CandidateComponentsIndexLoader.COMPONENTS_RESOURCE_LOCATION));
        }
        return index.getCandidateTypes(OURS, Component.class.getName()).stream()
                .sorted()
                .map(name -> ClassUtils.resolveClassName(name, loader));
    }
}
