package dev.gatehouse.workbench.web.api.dialect;

import jakarta.servlet.RequestDispatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.error.ErrorAttributeOptions;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.webmvc.error.DefaultErrorAttributes;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.WebRequest;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests for the API that never get to a method of ours, because a filter or the web server itself refuses them, are
 * answered with the errors of the dialect, too.
 */
@Configuration(proxyBeanMethods = false)
class ErrorsInJson {

    private static boolean isForPrograms(String path) {
        return path.startsWith("/api/") || path.startsWith("/auth/");
    }

    @Bean
    DefaultErrorAttributes errorAttributes() {
        return new OfDialect();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> errorsOfTheWebServer() {
        return server -> server.addContextCustomizers(context -> {
            if (context.getParent() instanceof StandardHost host) {
                host.setErrorReportValveClass(Valve.class.getName());
            }
        });
    }

    private static Map<String, Object> error(HttpStatus status, String path) {
        var error = new LinkedHashMap<String, Object>();
        error.put("status", Integer.toString(status.value()));
        error.put("code", Refusals.code(status));
        error.put("title", status.getReasonPhrase());
        error.put("detail", detail(status, path));
        return Map.of("errors", List.of(error));
    }

    private static String detail(HttpStatus status, String path) {
        return switch (status) {
            case METHOD_NOT_ALLOWED -> "The API answers GET, HEAD, POST, PATCH and DELETE.";
            case BAD_REQUEST ->
                "The address cannot be read. Percent signs stand for bytes; an id of other characters than letters, digits,"
                        + " '.', '_' and '-' stands as '~' and its UTF-8 in base64url.";
            case NOT_FOUND -> "%s is nothing that the API has. docs/api.md lists what it has.".formatted(path);
            default -> "The request was refused: %s.".formatted(status.getReasonPhrase());
        };
    }

    /** What filters refuse. */
    private static final class OfDialect extends DefaultErrorAttributes {
        @Override
        public Map<String, @Nullable Object> getErrorAttributes(WebRequest request, ErrorAttributeOptions options) {
            var attributes = super.getErrorAttributes(request, options);
            var path = String.valueOf(
                    request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI, RequestAttributes.SCOPE_REQUEST));
            if (!isForPrograms(path)) {
                return attributes;
            }
            var status = Optional.ofNullable(attributes.get("status"))
                    .filter(Integer.class::isInstance)
                    .map(code -> HttpStatus.resolve((Integer) code))
                    .orElse(HttpStatus.BAD_REQUEST);
            return new LinkedHashMap<>(error(status, path));
        }
    }

    /** What the web server refuses before it knows whose address it is. */
    public static final class Valve extends ErrorReportValve {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        @Override
        protected void report(Request request, Response response, @Nullable Throwable throwable) {
            var path = String.valueOf(request.getRequestURI());
            if (!isForPrograms(path) || response.getStatus() < 400 || !response.setErrorReported()) {
                super.report(request, response, throwable);
                return;
            }
            var status = Optional.ofNullable(HttpStatus.resolve(response.getStatus()))
                    .orElse(HttpStatus.BAD_REQUEST);
            try {
                response.setContentType(Documents.MEDIA_TYPE.toString());
                response.setCharacterEncoding(StandardCharsets.UTF_8);
                response.getReporter().write(JSON.writeValueAsString(error(status, path)));
                response.finishResponse();
            } catch (IOException e) {
                // Whoever asked is not there any more.
            }
        }
    }
}
