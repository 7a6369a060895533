using Xunit;

namespace CxOrchestrator.Sdk.Testing.Faults;

/// <summary>Faults by what they can happen to.</summary>
public static class ServiceFaults
{
    /// <summary>All that a single call can meet but silence, which ends only when somebody gives up.</summary>
    public static TheoryData<ServiceFault> OfACall =>
    [
        ServiceFault.Throttled, ServiceFault.Refused, ServiceFault.Unauthorised, ServiceFault.Forbidden, ServiceFault.Failing,
        ServiceFault.CutBeforeBody, ServiceFault.CutAfterBody, ServiceFault.CutInAnswer, ServiceFault.Garbage, ServiceFault.WrongPage,
    ];
}
