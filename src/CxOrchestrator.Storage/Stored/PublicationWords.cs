using CxOrchestrator.Core.Publishing;

namespace CxOrchestrator.Storage;

/// <summary>Why a publication is refused, in the words of both stores.</summary>
internal static class PublicationWords
{
    /// <param name="one">The publication.</param>
    /// <param name="newest">The version in force; 0 for none.</param>
    /// <param name="unfinished">Whether an earlier one is not finished.</param>
    public static string? Refused(Publication one, int newest, bool unfinished)
    {
        if (newest != one.BaseVersion)
            return $"Version {newest} of {one.Journey} is in force now, and this was planned for version {one.BaseVersion}. Plan again: cxo journeys plan";
        return unfinished ? $"An earlier publication of {one.Journey} still moves people. Try again when it is done: cxo journeys list" : null;
    }
}
