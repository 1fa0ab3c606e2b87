package dev.gatehouse.workbench.collect;

import dev.gatehouse.intake.parse.Parsed;
import dev.gatehouse.intake.parse.Parser;
import dev.gatehouse.intake.parse.Selection;
import dev.gatehouse.workbench.store.Reread;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts intake's parts, which know no Spring, together with our settings. */
@Configuration(proxyBeanMethods = false)
class IntakeConfiguration {

    @Bean
    Parser parser() {
        return new Parser();
    }

    @Bean
    Selection selection() {
        return Selection.ofDefenderForIdentity();
    }

    @Bean
    Reread reread(Parser parser) {
        return (tenant, feed, original) -> switch (parser.parse(tenant, feed, original)) {
            case Parsed.Understood understood -> understood.record();
            case Parsed.Unreadable unreadable ->
                throw new IllegalStateException(
                        "A stored record of %s is not understood any more: %s".formatted(feed, unreadable.reason()));
        };
    }
}
