package dev.gatehouse.workbench.people;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

class OrganizationAddressFilterTest {

    @Test
    void putsTheApplicationBelowThePrefix() throws Exception {
        var seen = filtered(new MockHttpServletRequest("GET", "/o/ACME/vendor-alerts"));

        assertThat(seen.getContextPath()).isEqualTo("/o/ACME");
        assertThat(seen.getServletPath()).isEqualTo("/vendor-alerts");
        assertThat(seen.getRequestURI()).isEqualTo("/o/ACME/vendor-alerts");
    }

    @Test
    void putsBackThePrefixThatAnAsynchronousDispatchCutsOff() throws Exception {
        var dispatched = new MockHttpServletRequest("GET", "/live");
        dispatched.setDispatcherType(DispatcherType.ASYNC);
        dispatched.setContextPath("/o/ACME");

        var seen = filtered(dispatched);

        assertThat(seen.getContextPath()).isEqualTo("/o/ACME");
        assertThat(seen.getRequestURI()).isEqualTo("/o/ACME/live");
    }

    @Test
    void leavesOtherAddressesAlone() throws Exception {
        var plain = new MockHttpServletRequest("GET", "/live");
        plain.setDispatcherType(DispatcherType.ASYNC);

        assertThat(filtered(plain)).isSameAs(plain);
    }

    private static HttpServletRequest filtered(MockHttpServletRequest request) throws Exception {
        var chain = new MockFilterChain();
        new OrganizationAddressFilter().doFilter(request, new MockHttpServletResponse(), chain);
        return (HttpServletRequest) Objects.requireNonNull(chain.getRequest());
    }
}
