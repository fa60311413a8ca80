// Generated from hl7.fhir.r4.examples 4.0.1 by tools/ModelGenerator: regenerate, do not edit.
#nullable enable
namespace Vkp.Fhir.Model;

/// <summary>A Signature - XML DigSig, JWS, Graphical image of signature, etc..</summary>
public partial class Signature : DataType
{
    public override string TypeName => "Signature";

    public IList<Coding> Type { get => List<Coding>("type"); set => SetList("type", value); }

    public Instant? WhenElement { get => Get<Instant>("when"); set => Set("when", value); }

    public DateTimeOffset? When { get => Get<Instant>("when")?.Value; set => SetText<Instant>("when", new Instant(value).Text); }

    public ResourceReference? Who { get => Get<ResourceReference>("who"); set => Set("who", value); }

    public ResourceReference? OnBehalfOf { get => Get<ResourceReference>("onBehalfOf"); set => Set("onBehalfOf", value); }

    public Code? TargetFormatElement { get => Get<Code>("targetFormat"); set => Set("targetFormat", value); }

    public string? TargetFormat { get => GetText("targetFormat"); set => SetText<Code>("targetFormat", value); }

    public Code? SigFormatElement { get => Get<Code>("sigFormat"); set => Set("sigFormat", value); }

    public string? SigFormat { get => GetText("sigFormat"); set => SetText<Code>("sigFormat", value); }

    public Base64Binary? DataElement { get => Get<Base64Binary>("data"); set => Set("data", value); }

    public byte[]? Data { get => Get<Base64Binary>("data")?.Value; set => SetText<Base64Binary>("data", new Base64Binary(value).Text); }
}

