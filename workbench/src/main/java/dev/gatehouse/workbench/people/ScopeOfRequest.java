package dev.gatehouse.workbench.people;

import dev.gatehouse.workbench.platform.database.Scope;
import dev.gatehouse.workbench.platform.database.Scoped;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * The scope that a request is answered in. Before it is known who asks, that is nothing: what no rule has let in finds no
 * rows. Methods that answer requests take it as a parameter of the type {@link Scope}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 7)
class ScopeOfRequest implements Filter, HandlerMethodArgumentResolver {

    /** What a filter does next. */
    interface Rest {
        void go() throws IOException, ServletException;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        run(Scope.nothing(), () -> chain.doFilter(request, response));
    }

    /** Answers the rest of a request in a scope. */
    static void run(Scope scope, Rest rest) throws IOException, ServletException {
        try {
            Scoped.within(scope, () -> {
                rest.go();
                return true;
            });
        } catch (IOException | ServletException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new ServletException(e);
        }
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Scope.class;
    }

    @Override
    public Scope resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Scoped.current().orElseGet(Scope::nothing);
    }
}
