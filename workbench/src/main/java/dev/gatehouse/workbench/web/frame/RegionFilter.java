package dev.gatehouse.workbench.web.frame;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Says of a region whether it is as the browser has it: an open page asks whenever a topic has changed, and mostly nothing
 * that it shows has. Ages, which the page counts on by itself, and the token against forged forms, which is another text each
 * time and means the same, make no difference.
 */
@Component
class RegionFilter extends OncePerRequestFilter {

    private static final Pattern AGE = Pattern.compile("(<time[^>]* data-(?:ago|for)[^>]*>)[^<]*");
    private static final Pattern TOKEN = Pattern.compile("(name=\"_csrf\" value=\")[^\"]*");

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return request.getHeader(RegionView.HEADER) == null || !HttpMethod.GET.matches(request.getMethod());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var answer = new ContentCachingResponseWrapper(response);
        chain.doFilter(request, answer);
        if (answer.getStatus() == HttpStatus.OK.value()) {
            // Weak: the bytes may differ, what they mean does not. A strong one would keep the server from compressing.
            var tag = "W/\"%s\"".formatted(meaning(answer.getContentAsByteArray()));
            response.setHeader(HttpHeaders.ETAG, tag);
            if (tag.equals(request.getHeader(HttpHeaders.IF_NONE_MATCH))) {
                response.setStatus(HttpStatus.NOT_MODIFIED.value());
                return;
            }
        }
        answer.copyBodyToResponse();
    }

    private static String meaning(byte[] page) {
        var text = new String(page, StandardCharsets.UTF_8);
        var lasting = TOKEN.matcher(AGE.matcher(text).replaceAll("$1")).replaceAll("$1");
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(lasting.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
