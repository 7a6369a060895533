using System.Globalization;
using CxOrchestrator.Plugins.GenericHttp.Calls;
using CxOrchestrator.Plugins.GenericHttp.Description;
using CxOrchestrator.Sdk;
using CxOrchestrator.Sdk.Http;

namespace CxOrchestrator.Plugins.GenericHttp.Messages;

/// <summary>
/// Turns answers into results by a description's rules. Where none holds, the status decides as for every connector; a success then needs no rule, and its
/// id is the operation's <c>id</c>.
/// </summary>
internal static class Outcomes
{
    private const int LongestText = 200;
    private const string Page = "a page for people came back instead of the service's answer";

    public static SendResult OfSend(ServiceAnswer answer, Operation operation, IReadOnlyDictionary<string, object?> request) => answer.ToSend(reply =>
    {
        try
        {
            var model = ServiceCalls.Model(reply, request);
            if (RuleFor(operation, model) is not { } rule)
                return !reply.IsSuccess ? null : IsPage(reply) ? SendResult.Unknown(Page) : SendResult.Accepted(operation.Id?.TextOf(model));
            return rule.Result switch
            {
                "accepted" or "written" => SendResult.Accepted((rule.Id ?? operation.Id)?.TextOf(model)),
                "rejected" or "refused" => SendResult.Rejected(Code(rule, reply, model), Text(rule, reply, model), rule.AddressInvalid?.Holds(model) ?? false),
                "deferred" or "retry" => SendResult.Deferred(Text(rule, reply, model), Wait(rule, reply, model)),
                _ => SendResult.Unknown(Text(rule, reply, model)),
            };
        }
        catch (DescriptionFault fault)
        {
            // The request has left and its answer can't be read: whatever the service did, it is not known.
            return SendResult.Unknown($"{reply.Summary}, and the description can't read it: {fault.Message}");
        }
    });

    public static WriteResult OfWrite(ServiceAnswer answer, Operation operation, IReadOnlyDictionary<string, object?> request, string otherwiseId) => answer.ToWrite(reply =>
    {
        try
        {
            var model = ServiceCalls.Model(reply, request);
            if (RuleFor(operation, model) is not { } rule)
                return !reply.IsSuccess ? null : IsPage(reply) ? WriteResult.Retry(Page) : WriteResult.Written(operation.Id?.TextOf(model) ?? otherwiseId);
            return rule.Result switch
            {
                "accepted" or "written" => WriteResult.Written((rule.Id ?? operation.Id)?.TextOf(model) ?? otherwiseId),
                "rejected" or "refused" => WriteResult.Refused(Code(rule, reply, model), Text(rule, reply, model)),
                _ => WriteResult.Retry(Text(rule, reply, model), Wait(rule, reply, model)),
            };
        }
        catch (DescriptionFault fault)
        {
            return WriteResult.Retry($"{reply.Summary}, and the description can't read it: {fault.Message}");
        }
    });

    /// <summary>What a proxy or a portal answers with status 200 is no success of the service.</summary>
    public static bool IsPage(ServiceReply reply) => reply.Header("Content-Type")?.StartsWith("text/html", StringComparison.OrdinalIgnoreCase) == true;

    private static OutcomeRule? RuleFor(Operation operation, IReadOnlyDictionary<string, object?> model) => operation.Outcomes.FirstOrDefault(rule => rule.When.Holds(model));

    private static string Code(OutcomeRule rule, ServiceReply reply, IReadOnlyDictionary<string, object?> model) =>
        Short(rule.Code?.TextOf(model)) ?? string.Create(CultureInfo.InvariantCulture, $"http-{reply.Status}");

    private static string Text(OutcomeRule rule, ServiceReply reply, IReadOnlyDictionary<string, object?> model) => Short(rule.Text?.TextOf(model)) ?? reply.Summary;

    private static TimeSpan? Wait(OutcomeRule rule, ServiceReply reply, IReadOnlyDictionary<string, object?> model) =>
        double.TryParse(rule.RetryAfter?.TextOf(model), NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds) && seconds is >= 0 and < 1e6
            ? TimeSpan.FromSeconds(seconds)
            : reply.RetryAfter;

    private static string? Short(string? text) => text is null or "" ? null : text.Length <= LongestText ? text : text[..LongestText];
}
