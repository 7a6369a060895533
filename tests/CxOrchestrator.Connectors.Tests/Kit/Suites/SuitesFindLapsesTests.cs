namespace CxOrchestrator.Connectors.Tests.Kit.Suites;

/// <summary>A connector that keeps its promises passes every suite; each lapse is found by the facts that are meant for it.</summary>
public sealed class SuitesFindLapsesTests
{
    private static readonly IReadOnlyDictionary<string, Func<Lapse, IAsyncLifetime>> All = new Dictionary<string, Func<Lapse, IAsyncLifetime>>
    {
        ["sender"] = lapse => new LedgerSenderSuite(lapse),
        ["lookup"] = lapse => new LedgerLookupSuite(lapse),
        ["reader"] = lapse => new LedgerReaderSuite(lapse),
        ["writer"] = lapse => new LedgerWriterSuite(lapse),
        ["setup"] = lapse => new LedgerSetupSuite(lapse),
        ["webhook"] = lapse => new LedgerWebhookSuite(lapse),
    };

    public static TheoryData<string> Names => new(All.Keys);

    [Theory]
    [MemberData(nameof(Names))]
    public async Task A_connector_that_keeps_its_promises_passes(string suite)
    {
        var (facts, failed) = await SuiteRun.OfAsync(() => All[suite](Lapse.None));

        Assert.Empty(failed);
        Assert.True(facts >= 10, $"{facts} facts");
    }

    [Theory]
    [InlineData("sender", Lapse.TakesAnythingForYes, "A_fault_of_the_service_becomes_the_right_result(WrongPage)")]
    [InlineData("sender", Lapse.TakesSilenceForNo, "A_fault_of_the_service_becomes_the_right_result(CutAfterBody)")]
    [InlineData("sender", Lapse.TakesSilenceForNo, "A_fault_of_the_service_becomes_the_right_result(CutInAnswer)")]
    [InlineData("sender", Lapse.TakesOutagesForRefusals, "A_fault_of_the_service_becomes_the_right_result(Throttled)")]
    [InlineData("sender", Lapse.TakesOutagesForRefusals, "A_fault_of_the_service_becomes_the_right_result(Unauthorised)")]
    [InlineData("sender", Lapse.TakesOutagesForRefusals, "A_service_that_can_not_be_reached_is_a_result_and_loses_nothing")]
    [InlineData("sender", Lapse.ForgetsTheWait, "A_throttled_message_is_deferred_by_the_services_own_wait")]
    [InlineData("sender", Lapse.TellsTheSecret, "A_fault_of_the_service_becomes_the_right_result(CutAfterBody)")]
    [InlineData("sender", Lapse.TellsTheSecret, "The_connector_prints_no_secret")]
    [InlineData("sender", Lapse.CannotBeCancelled, "A_call_that_is_given_up_ends_and_is_not_accepted")]
    [InlineData("lookup", Lapse.LooksBySending, "A_message_that_the_service_has_is_found_and_not_sent_again")]
    [InlineData("lookup", Lapse.LooksBySending, "A_message_that_the_service_never_saw_is_not_found")]
    [InlineData("lookup", Lapse.TakesSilenceForNo, "A_service_that_does_not_answer_leaves_it_unknown(Failing)")]
    [InlineData("lookup", Lapse.TakesSilenceForNo, "A_service_that_can_not_be_reached_leaves_it_unknown")]
    [InlineData("reader", Lapse.TakesOutagesForNothing, "A_fault_of_the_service_is_an_error_and_not_an_empty_answer(Throttled)")]
    [InlineData("reader", Lapse.TakesOutagesForNothing, "A_fault_of_the_service_is_an_error_and_not_an_empty_answer(CutInAnswer)")]
    [InlineData("writer", Lapse.ForgetsTheKey, "The_same_key_again_is_written_and_stands_once")]
    [InlineData("writer", Lapse.ForgetsTheKey, "A_cut_at_any_request_of_a_change_leaves_it_once(CutAfterBody)")]
    [InlineData("writer", Lapse.TakesOutagesForRefusals, "A_fault_of_the_service_becomes_the_right_result_and_the_next_try_stands_once(Failing)")]
    [InlineData("writer", Lapse.TakesAnythingForYes, "A_fault_of_the_service_becomes_the_right_result_and_the_next_try_stands_once(WrongPage)")]
    [InlineData("setup", Lapse.TakesOutagesForNothing, "A_service_that_does_not_answer_is_told_as_such(Failing)")]
    [InlineData("setup", Lapse.MakesItTwice, "What_can_be_made_is_made_once")]
    [InlineData("setup", Lapse.TellsTheSecret, "A_description_is_a_file_with_a_plain_name_and_no_secret")]
    [InlineData("webhook", Lapse.TrustsEverybody, "A_forged_webhook_is_refused")]
    [InlineData("webhook", Lapse.TrustsEverybody, "A_tampered_body_is_refused_where_the_proof_covers_it")]
    [InlineData("webhook", Lapse.TrustsEverybody, "A_changed_address_is_refused_where_the_proof_covers_it")]
    [InlineData("webhook", Lapse.TrustsEverybody, "A_proof_that_is_missing_empty_changed_or_doubled_is_refused")]
    [InlineData("webhook", Lapse.NumbersEventsAnew, "A_webhook_that_comes_again_tells_the_same_events_by_the_same_ids")]
    [InlineData("webhook", Lapse.ParsesFirst, "Whatever_comes_without_a_proof_is_refused_and_never_throws")]
    public async Task A_lapse_is_found(string suite, Lapse lapse, string fact)
    {
        var (facts, failed) = await SuiteRun.OfAsync(() => All[suite](lapse), only: fact);

        Assert.Equal(1, facts);
        // An error of another kind would be a suite that is broken, and not one that finds something; a receiver that throws is what is found.
        var found = lapse == Lapse.ParsesFirst ? "System.Text.Json." : "Xunit.Sdk.";
        Assert.StartsWith(found, Assert.Single(failed).Reason, StringComparison.Ordinal);
    }
}
