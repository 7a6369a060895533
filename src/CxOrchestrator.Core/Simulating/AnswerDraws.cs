using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CxOrchestrator.Core.Consent;
using CxOrchestrator.Core.Surveys;

namespace CxOrchestrator.Core.Simulating;

/// <summary>
/// Draws what customers do with messages: a pure function of the seed, the customer, the journey, the step, and which message of that step it is to them. So
/// two runs with one seed meet the same customers, whatever the order in which messages leave, and a change of a journey is not lost in other dice.
/// </summary>
/// <param name="rates">How customers answer.</param>
/// <param name="seed">The seed.</param>
public sealed class AnswerDraws(AnswerRates rates, long seed)
{
    /// <summary>What the customer does with a message.</summary>
    /// <param name="customer">The customer.</param>
    /// <param name="journey">The journey's key.</param>
    /// <param name="step">The step's id.</param>
    /// <param name="number">Which message of this step it is to them since the run began, from 1.</param>
    /// <param name="survey">The survey whose link it carries, or null.</param>
    /// <param name="purpose">What the message is for.</param>
    public DrawnReaction Of(Guid customer, string journey, string step, int number, Survey? survey, Purpose purpose)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{customer:N}/{journey}/{step}/{number}")), hash);
        var leaves = purpose != Purpose.Service && Share(hash[24..]) < rates.Withdraws;
        var read = TimeSpan.FromSeconds(Math.Floor(60 + (Share(hash[16..]) * 86_400)));
        if (survey is null || rates.Of(survey) is not { } own || Share(hash) >= own.Answered)
            return new DrawnReaction(null, 0, leaves ? read : null);
        return new DrawnReaction(own.AfterAt(Share(hash[16..])), own.ScoreAt(Share(hash[8..])), leaves ? read : null);
    }

    // 53 bits, from 0 up to, not with, 1.
    private static double Share(ReadOnlySpan<byte> bytes) => (BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 11) * (1.0 / (1UL << 53));
}

/// <summary>What a customer does with a message.</summary>
/// <param name="AnswersAfter">How long after it was accepted they answer its survey; null where they don't.</param>
/// <param name="Score">The score that they give.</param>
/// <param name="LeavesAfter">How long after it was accepted they withdraw consent for its channel and purpose; null where they don't.</param>
public sealed record DrawnReaction(TimeSpan? AnswersAfter, int Score, TimeSpan? LeavesAfter);
