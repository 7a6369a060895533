namespace CxOrchestrator.VendorChecks;

/// <summary>Something that the description does not allow.</summary>
/// <param name="Request">Method and target of the request that it was found in, for example <c>POST /v1/messages</c>.</param>
/// <param name="Location">Where, for example <c>request.body.To</c> or <c>response.body.status</c>; <c>request</c> alone where no path matches.</param>
/// <param name="Message">What is wrong there.</param>
public sealed record PrismViolation(string Request, string Location, string Message)
{
    /// <summary>True where we are at fault, false where the answer is (of our stand-in, or of Prism itself).</summary>
    public bool IsOfRequest => !Location.StartsWith("response", StringComparison.Ordinal);
}
