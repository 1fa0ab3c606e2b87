package dev.gatehouse.workbench.web.live;

import jakarta.servlet.http.HttpSession;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The address that open pages listen at. */
@RestController
class LiveStream {

    private final Broadcast broadcast;

    LiveStream(Broadcast broadcast) {
        this.broadcast = broadcast;
    }

    @GetMapping("/live")
    ResponseEntity<SseEmitter> listen(HttpSession session) {
        return broadcast
                .open(session.getId())
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
