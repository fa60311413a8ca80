using System.Security;
using System.Text;
using Vkp.Adapters.Composing;
using Vkp.Adapters.Errors;
using Vkp.Adapters.Reading;

namespace Vkp.Adapters.Vendors.Scaip;

/// <summary>
/// Alarm devices that speak SCAIP (SS 91100, CLC/TS 50134-9) in XML, here over HTTP. A message names the device and no patient: whose it is, the hub
/// knows from its register of devices. It has no time of its own, so it occurred when it arrived.
/// </summary>
public sealed class ScaipAdapter : IVendorAdapter
{
    public AdapterInfo Info { get; } = new("scaip", MajorVersion: 1, MinorVersion: 0);

    public IReadOnlyList<VendorEventKind> Kinds { get; } = VendorEventKind.List(ScaipMessage.Kinds);

    public Translation Translate(VendorPayload payload)
    {
        var findings = new Findings();
        if (XmlTags.Parse(payload.Bytes, findings) is not { } tags)
            return new Translation.Rejected(findings.Faults);
        var message = ScaipMessage.Read(tags, findings);
        if (findings.AreFatal)
            return new Translation.Rejected(findings.Faults);

        var envelope = new EventEnvelope(
            message.SourceMessageId(payload.ReceivedAt), message.EventKind, MunicipalityOrgNo: null, payload.ReceivedAt, Patient: null,
            new SourceIdentifier(Identity.DeviceSerial, message.Controller), IsTest: message.IsTest);
        if (ScaipMeanings.Of(message) is not { } meaning)
            return new Translation.NothingToJournal(envelope, message.NothingReason);

        if (meaning.Unknown)
            findings.Repair(TranslationErrors.KindUnknown("/dty"));
        var composer = new ScaipComposer(message, envelope, meaning);
        return new Translation.Translated(
            envelope, meaning.IsUrgent ? Lane.Alarm : Lane.Clinical, meaning.ServiceCode, composer.CaseRole, composer.CaseIds,
            meaning.IsUrgent ? Freshness.Alarm : Freshness.Day, composer.Resources(), findings.Repairs)
        {
            GroupId = meaning is { IsUrgent: true, Code: { } alert } ? $"press:{alert.Code}" : null,
            Traits = (meaning.Code is null ? CaseTraits.None : CaseTraits.Deviation) | (composer.CaseRole == CaseRole.Closes ? CaseTraits.ByMachine : CaseTraits.None),
        };
    }

    /// <summary>The device's own answer: `snu` 0 only when the message is stored; 5 makes it try its next receiver.</summary>
    public VendorAnswer? Answer(VendorPayload payload, VendorAnswerKind kind)
    {
        var findings = new Findings();
        var tags = XmlTags.Parse(payload.Bytes, findings);
        if (tags is not null && kind == VendorAnswerKind.Refused)
            ScaipMessage.Read(tags, findings);
        var number = kind switch
        {
            VendorAnswerKind.Stored => 0,
            VendorAnswerKind.NotTaken => 5,
            _ => StatusOf(findings.Faults),
        };
        var reference = tags?.Raw("ref") is { } given && ScaipMessage.IsReference(given) ? $"<ref>{SecurityElement.Escape(given)}</ref>" : string.Empty;
        return new VendorAnswer("application/xml", Encoding.UTF8.GetBytes($"<mrs>{reference}<snu>{number}</snu></mrs>"));
    }

    /// <summary>2 invalid format, 3 wrong data, 7 a mandatory tag is missing.</summary>
    private static int StatusOf(IReadOnlyList<VkpError> faults) =>
        faults.Any(fault => fault.Code == "VKP-276") ? 2 : faults.Any(ScaipMessage.IsMissingTag) ? 7 : 3;
}
