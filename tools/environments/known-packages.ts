/** Modules whose distribution has their name, or one that a package index takes for it. */
const NAMED_ALIKE = `
  albumentations category_encoders datasets einops emoji fastai featuretools flaml
  gensim geopandas geopy h3 hdbscan holidays jellyfish Levenshtein librosa lifelines
  lxml matplotlib mlxtend networkx ngboost nltk numba openpyxl optuna polars prophet
  pydicom pytorch_lightning pytorch_tabnet rapidfuzz rdkit seaborn sentence_transformers
  shap soundfile spacy statsmodels tabpfn tabulate tensorflow timm tokenizers torch
  torchaudio torchvision tqdm transformers tsfresh unidecode xgboost
`;

/** Modules that scripts may ask for, each with the distribution it comes from: nothing else is ever installed unasked. */
export const KNOWN_PACKAGES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    NAMED_ALIKE.trim()
      .split(/\s+/)
      .map((module) => [module, module]),
  ),
  attr: "attrs",
  autogluon: "autogluon.tabular",
  bs4: "beautifulsoup4",
  cv2: "opencv-python-headless",
  dateutil: "python-dateutil",
  faiss: "faiss-cpu",
  imblearn: "imbalanced-learn",
  PIL: "pillow",
  skimage: "scikit-image",
  skopt: "scikit-optimize",
  umap: "umap-learn",
  yaml: "PyYAML",
};
