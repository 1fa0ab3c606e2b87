package dev.gatehouse.workbench.web.frame;

import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistration;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.LiteWebJarsResourceResolver;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Style sheets, scripts and pictures. The address of each carries the hash of its content: browsers keep it for good, and get
 * the new one after an update.
 *
 * <p>Only what is below these addresses is looked for among the files. Spring Boot would look for each link of each page
 * there, in every library on the class path, which is more work than all else that a page takes.
 */
@Configuration(proxyBeanMethods = false)
class StaticFiles implements WebMvcConfigurer {

    private static final String FILES = "classpath:/static/";
    private static final String ICON = "favicon.svg";

    @Override
    public void addResourceHandlers(ResourceHandlerRegistry registry) {
        for (var folder : new String[] {"css/", "js/", "images/"}) {
            kept(registry.addResourceHandler("/" + folder + "**").addResourceLocations(FILES + folder))
                    .resourceChain(true)
                    .addResolver(byContent());
        }
        kept(registry.addResourceHandler("/webjars/**").addResourceLocations("classpath:/META-INF/resources/webjars/"))
                .resourceChain(true)
                .addResolver(byContent())
                .addResolver(new LiteWebJarsResourceResolver());
        // Browsers ask for it by this name.
        kept(registry.addResourceHandler("/" + ICON).addResourceLocations(FILES));
    }

    private static ResourceHandlerRegistration kept(ResourceHandlerRegistration files) {
        return files.setCacheControl(CacheControl.maxAge(Duration.ofDays(365)));
    }

    private static VersionResourceResolver byContent() {
        return new VersionResourceResolver().addContentVersionStrategy("/**");
    }
}
