package dev.gatehouse.workbench.web.frame;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Answers with a part of a page where the browser has the rest already and says which part it wants, by the id that stands in
 * the template: {@code Gatehouse-Region: vendor-alert-list}. A region that the template does not have is answered with the
 * whole page.
 */
@Component
class RegionView implements HandlerInterceptor, WebMvcConfigurer {

    /** The request header that names a region. */
    static final String HEADER = "Gatehouse-Region";

    private static final Pattern ID = Pattern.compile("\\sid=\"([a-z0-9-]+)\"");

    private final Map<String, Set<String>> regions = new ConcurrentHashMap<>();

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this);
    }

    @Override
    public void postHandle(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable ModelAndView page) {
        var region = request.getHeader(HEADER);
        if (region == null || page == null || !HttpMethod.GET.matches(request.getMethod())) {
            return;
        }
        var view = page.getViewName();
        if (view != null && view.matches("[a-z/-]+") && regions(view).contains(region)) {
            page.setViewName(view + " :: #" + region);
        }
    }

    private Set<String> regions(String view) {
        return regions.computeIfAbsent(view, RegionView::read);
    }

    private static Set<String> read(String view) {
        var template = new ClassPathResource("templates/" + view + ".html");
        if (!template.exists()) {
            return Set.of();
        }
        try {
            return ID.matcher(template.getContentAsString(StandardCharsets.UTF_8))
                    .results()
                    .map(id -> id.group(1))
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
