package dev.gatehouse.workbench.web.live;

import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The address that open pages listen at. */
@RestController
class LiveStream {

    private final Broadcast broadcast;

    LiveStream(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    /**
     * Opens a stream.
     *
     * @param since up to where the page knew of everything as it was made
     * @param lastEvent up to where it has heard since then; browsers say so when they open a stream again
     */
    @GetMapping("/live")
    ResponseEntity<SseEmitter> listen(
            HttpSession session,
            @RequestParam(required = false) @Nullable String since,
            @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEvent) {
        return broadcast
                .open(
                        session.getId(),
                        Optional.ofNullable(lastEvent == null ? since : lastEvent)
                                .map(StreamPosition::of))
                .map(stream -> ResponseEntity.ok()
                        .contentType(MediaType.TEXT_EVENT_STREAM)
                        .cacheControl(CacheControl.noStore())
                        .header("X-Accel-Buffering", "no")
                        .body(stream))
                .orElseGet(() -> ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
                        .header(HttpHeaders.RETRY_AFTER, "30")
                        .build());
    }
}
