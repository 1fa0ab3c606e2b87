package dev.gatehouse.workbench.web.api.dialect;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What an address of the API does that is no collection, in the words of the OpenAPI document. Collections say it in their
 * description.
 */
@Documented
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
public @interface Operation {

    /** What it does, as a short sentence without a full stop. */
    String value();

    /** The media type of its good answer. */
    String produces() default "application/vnd.api+json";

    /** The media type of what is sent; empty when nothing is. */
    String consumes() default "";
}
