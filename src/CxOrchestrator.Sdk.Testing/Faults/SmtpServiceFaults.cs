using CxOrchestrator.Sdk.Testing.Smtp;

namespace CxOrchestrator.Sdk.Testing.Faults;

/// <summary>Faults of a mail server that is stood in for by a <see cref="ScriptedSmtpServer"/>. A request here is a message.</summary>
public sealed class SmtpServiceFaults(ScriptedSmtpServer server) : IServiceFaults
{
    private SmtpStage _stage;
    private int _metFrom;

    /// <inheritdoc/>
    public void Begin(ServiceFault fault, int passing = 0)
    {
        _stage = StageOf(fault);
        _metFrom = server.Reached(_stage) + passing + 1;
        _ = fault switch
        {
            ServiceFault.Throttled => server.Reply(_stage, "450 4.7.1 Too much mail, come back later", skip: passing),
            ServiceFault.Refused => server.Reply(_stage, "550 5.7.1 We don't want this", skip: passing),
            ServiceFault.Unauthorised => server.Reply(_stage, "535 5.7.8 Wrong user or password", skip: passing),
            ServiceFault.Forbidden => server.Reply(_stage, "530 5.7.0 Authentication required", skip: passing),
            ServiceFault.Failing => server.Reply(_stage, "451 4.3.0 Queue file write error", skip: passing),
            ServiceFault.CutBeforeBody or ServiceFault.CutAfterBody => server.Drop(_stage, skip: passing),
            ServiceFault.CutInAnswer => server.ReplyAndDrop(_stage, "250-2.0.0 Queued, and", skip: passing),
            ServiceFault.Garbage => server.Reply(_stage, "\u0001 this is not mail", skip: passing),
            ServiceFault.WrongPage => server.Reply(_stage, "HTTP/1.1 200 OK", skip: passing),
            ServiceFault.Silent => server.Hang(_stage, skip: passing),
            _ => throw new ArgumentOutOfRangeException(nameof(fault)),
        };
    }

    /// <inheritdoc/>
    public bool End()
    {
        server.BehaveAgain();
        return server.Reached(_stage) >= _metFrom;
    }

    /// <inheritdoc/>
    public Task MetAsync() => server.ReachedAsync(_stage, _metFrom);

    private static SmtpStage StageOf(ServiceFault fault) => fault switch
    {
        ServiceFault.Unauthorised => SmtpStage.Auth,
        ServiceFault.WrongPage => SmtpStage.Connect,
        ServiceFault.Throttled or ServiceFault.Forbidden => SmtpStage.Mail,
        ServiceFault.Refused => SmtpStage.Rcpt,
        ServiceFault.CutBeforeBody => SmtpStage.Data,
        _ => SmtpStage.FinalDot,
    };
}
